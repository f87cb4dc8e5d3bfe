-- What a person would do: open a policy, read its findings, look at a name, rename it, bring the file into the one style.

local policy = vim.env.KUPUYA_POLICY
local passed = 0

local function must(what, holds)
  if not holds then
    io.stderr:write("failed: " .. what .. "\n")
    vim.cmd("cquit 1")
  end
  passed = passed + 1
  io.stdout:write("ok: " .. what .. "\n")
end

local function wait(what, done)
  must(what, vim.wait(60000, done, 50))
end

local function look()
  vim.cmd("filetype on")
  vim.cmd("source " .. vim.env.KUPUYA_SETUP)
  vim.cmd("edit " .. policy .. "/data.kup")
  wait("the server starts for a policy", function()
    local client = vim.lsp.get_clients({ name = "kupuya", bufnr = 0 })[1]
    return client and client.initialized
  end)
  local client = vim.lsp.get_clients({ name = "kupuya", bufnr = 0 })[1]
  must("its root is the folder of kupuya.toml", client.root_dir == policy)
  must("both count columns in UTF-8", client.offset_encoding == "utf-8")

  -- A name that nothing declares.
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { "", 'purpose shopping "сатып алуу" is no_such_thing' })
  local function unknown()
    return vim.tbl_filter(function(one)
      return one.code == "unknown_name"
    end, vim.diagnostic.get(0))
  end
  wait("a finding is shown", function()
    return #unknown() > 0
  end)
  must("once, at its place", #unknown() == 1 and unknown()[1].lnum == vim.api.nvim_buf_line_count(0) - 1)
  vim.cmd("silent undo")
  wait("it goes with its cause", function()
    return #unknown() == 0
  end)

  local line = vim.fn.search("data identity", "cw")
  must("the name is there", line > 0)
  local column = vim.fn.getline(line):find("identity", 1, true)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local function ask(method, more)
    local params = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, client.offset_encoding), more or {})
    local told = client:request_sync(method, params, 60000, 0)
    return told and told.result
  end
  local hover = ask("textDocument/hover")
  must("hover tells where it goes", hover and hover.contents.value:find("*for*", 1, true) ~= nil)

  vim.lsp.buf.rename("person")
  wait("rename reaches this file", function()
    return vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]:find("data person", 1, true) ~= nil
  end)
  local elsewhere = vim.tbl_filter(function(buffer)
    return buffer ~= vim.api.nvim_get_current_buf() and vim.bo[buffer].modified
  end, vim.api.nvim_list_bufs())
  must("and others", #elsewhere > 0)
  vim.cmd("silent wall")

  local style = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  vim.api.nvim_buf_set_lines(0, line - 1, line, false, {
    (vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]:gsub("data ", "data     ", 1)),
  })
  vim.lsp.buf.format({ timeout_ms = 60000 })
  must("the file comes into the one style", style == table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"))

  client:stop()
  wait("the server ends", function()
    return client:is_stopped()
  end)
  io.stdout:write(passed .. " passed, 0 failed\n")
  vim.cmd("quitall!")
end

local fine, trouble = pcall(look)
if not fine then
  io.stderr:write("failed: " .. tostring(trouble) .. "\n")
  vim.cmd("cquit 1")
end
