// Where a line ends: at a line break, unless the next line goes on with it, and before a brace that closes its block.

#include <string.h>

#include "joining.h"
#include "tree_sitter/parser.h"

enum Token { END, ERROR_SENTINEL };

void *tree_sitter_kupuya_external_scanner_create(void) { return NULL; }
void tree_sitter_kupuya_external_scanner_destroy(void *payload) { (void)payload; }
unsigned tree_sitter_kupuya_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}
void tree_sitter_kupuya_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

static bool is_break(int32_t letter) { return letter == '\n' || letter == '\r'; }

static bool is_blank(int32_t letter) {
  return letter == ' ' || letter == '\t' || letter == 0xA0 || letter == 0x202F || letter == 0xFEFF;
}

// Blanks, breaks and comments.
static void pass_over(TSLexer *lexer) {
  for (;;) {
    while (is_blank(lexer->lookahead) || is_break(lexer->lookahead)) lexer->advance(lexer, false);
    if (lexer->lookahead != '/') return;
    while (!is_break(lexer->lookahead) && !lexer->eof(lexer)) lexer->advance(lexer, false);
  }
}

static bool is_word(int32_t letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_' || (letter > 0x7F && !is_blank(letter));
}

// Whether the next word is that of a field: several may stand on one line.
static bool is_field(TSLexer *lexer) {
  if (!is_word(lexer->lookahead)) return false;
  while (is_word(lexer->lookahead)) lexer->advance(lexer, false);
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, false);
  return lexer->lookahead == ':';
}

// Whether a word carries the line before over the break: no field, and no declaration, may be called like it.
static bool joins(TSLexer *lexer) {
  char word[32];
  unsigned length = 0;
  while ((lexer->lookahead >= 'a' && lexer->lookahead <= 'z') && length + 1 < sizeof word) {
    word[length++] = (char)lexer->lookahead;
    lexer->advance(lexer, false);
  }
  word[length] = 0;
  if (length == 0 || is_word(lexer->lookahead)) return false;
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, false);
  if (lexer->lookahead == ':' || lexer->lookahead == '"') return strcmp(word, "cites") == 0 && lexer->lookahead == '"';
  for (unsigned i = 0; i < sizeof JOINING / sizeof JOINING[0]; i++) {
    if (strcmp(word, JOINING[i]) == 0) return true;
  }
  return false;
}

bool tree_sitter_kupuya_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  if (!valid[END] || valid[ERROR_SENTINEL]) return false;
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, true);
  lexer->result_symbol = END;
  lexer->mark_end(lexer);
  if (lexer->lookahead == '}' || lexer->eof(lexer)) return true;
  if (!is_break(lexer->lookahead)) return is_field(lexer);
  pass_over(lexer);
  return lexer->lookahead != '{' && !joins(lexer);
}
