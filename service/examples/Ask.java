// Asks the decision service from Java (11 or newer), with the standard library alone.
// Usage: java Ask.java URL; a token in KUPUYA_TOKEN is shown. Exit code 0: allowed, 3: denied.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public final class Ask {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    /** Whether a request is allowed. Whatever goes wrong on the way, the answer is no. */
    static boolean allowed(String url, String request) {
        try {
            HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(url + "/v1/decide"))
                    .timeout(Duration.ofSeconds(5))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(request));
            String token = System.getenv("KUPUYA_TOKEN");
            if (token != null) {
                asked.header("Authorization", "Bearer " + token);
            }
            // The time-out of the request ends with the head of the answer: this one is for the whole.
            HttpResponse<byte[]> answer = CLIENT.sendAsync(asked.build(), HttpResponse.BodyHandlers.ofByteArray())
                    .get(5, TimeUnit.SECONDS);
            // What is no UTF-8 is no answer.
            String told = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer.body())).toString();
            System.out.println(told);
            return answer.statusCode() == 200 && allows((Map<?, ?>) new Json(told).whole());
        } catch (Exception error) {
            System.out.println(error);
            return false;
        }
    }

    /** Nobody here does what an obligation asks for: what has one is a no. */
    private static boolean allows(Map<?, ?> answer) {
        for (Object item : (List<?>) answer.get("items")) {
            Object obligations = ((Map<?, ?>) item).get("obligations");
            if (obligations != null && !((List<?>) obligations).isEmpty()) {
                return false;
            }
        }
        return answer.get("decision") == Boolean.TRUE && "allow".equals(answer.get("verdict"));
    }

    /** Reads JSON; take your own library if you have one. What is none throws. Texts keep their escapes. */
    private static final class Json {
        private static final Pattern TOKEN = Pattern.compile("[ \\t\\r\\n]*+(?:([\\[\\]{},:])|(true|false|null)"
                + "|(-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+)"
                + "|\"([^\"\\\\\\x00-\\x1f]*+(?:\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4})[^\"\\\\\\x00-\\x1f]*+)*+)\")"
                + "[ \\t\\r\\n]*+");
        private static final int DEEPEST = 100;
        private final Matcher tokens;
        private final int end;
        private int at;

        Json(String text) {
            tokens = TOKEN.matcher(text);
            end = text.length();
        }

        Object whole() {
            Object value = value(0);
            if (at != end) {
                throw new IllegalArgumentException("no JSON at " + at);
            }
            return value;
        }

        private void next() {
            if (!tokens.region(at, end).lookingAt()) {
                throw new IllegalArgumentException("no JSON at " + at);
            }
            at = tokens.end();
        }

        /** Whether a sign stands here; it is read if it does. */
        private boolean takes(String sign) {
            int before = at;
            next();
            boolean fits = sign.equals(tokens.group(1));
            at = fits ? at : before;
            return fits;
        }

        private void expect(String sign) {
            if (!takes(sign)) {
                throw new IllegalArgumentException("no " + sign + " at " + at);
            }
        }

        private String text() {
            next();
            if (tokens.group(4) == null) {
                throw new IllegalArgumentException("no text before " + at);
            }
            return tokens.group(4);
        }

        private Object value(int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("too deep");
            }
            if (takes("{")) {
                Map<String, Object> members = new HashMap<>();
                for (boolean more = !takes("}"); more; more = !takes("}")) {
                    if (!members.isEmpty()) {
                        expect(",");
                    }
                    String key = text();
                    expect(":");
                    if (members.containsKey(key)) {
                        throw new IllegalArgumentException(key + " stands twice");
                    }
                    members.put(key, value(depth + 1));
                }
                return members;
            }
            if (takes("[")) {
                List<Object> values = new ArrayList<>();
                for (boolean more = !takes("]"); more; more = !takes("]")) {
                    if (!values.isEmpty()) {
                        expect(",");
                    }
                    values.add(value(depth + 1));
                }
                return values;
            }
            next();
            if (tokens.group(2) != null) {
                return tokens.group(2).equals("null") ? null : Boolean.valueOf(tokens.group(2));
            }
            if (tokens.group(3) != null) {
                return Double.valueOf(tokens.group(3));
            }
            if (tokens.group(4) != null) {
                return tokens.group(4);
            }
            throw new IllegalArgumentException("no value before " + at);
        }
    }

    public static void main(String[] arguments) {
        String url = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:5878";
        boolean allowed = allowed(url, "{\"action\": \"use\", \"data\": [\"contacts.phone_no\"],"
                + " \"purpose\": [\"marketing\"], \"about\": [\"buyer\"], \"given\": [\"agreed\"], \"time\": \"2025-10-02\"}");
        System.exit(allowed ? 0 : 3);
    }
}
