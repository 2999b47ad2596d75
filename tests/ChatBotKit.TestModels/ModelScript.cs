using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit.TestModels;

/// <summary>
/// The response of the <see cref="ScriptedModelServer"/> to one request, step by step. By default it ends with the matching finish
/// reason, the usage and <c>[DONE]</c>.
/// </summary>
public sealed class ModelScript
{
    private readonly List<Func<ScriptedResponse, Task>> _steps = [];
    private int _calls;
    private bool _hasFinish;
    private bool _hasEnd;
    private JsonNode? _usage;

    internal int Status { get; private set; } = 200;

    internal string ContentType { get; private set; } = "text/event-stream";

    internal string? RetryAfter { get; private set; }

    internal string? ContentEncoding { get; private set; }

    /// <summary>Sends text, one chunk per piece.</summary>
    public ModelScript Text(params IEnumerable<string> pieces) => Deltas("content", pieces);

    /// <summary>Sends reasoning, one chunk per piece.</summary>
    public ModelScript Reasoning(params IEnumerable<string> pieces) => Deltas("reasoning_content", pieces);

    /// <summary>Calls a tool: first id and name, then the arguments, one chunk per piece.</summary>
    public ModelScript ToolCall(string id, string name, params IEnumerable<string> argumentPieces)
    {
        var index = _calls;
        ToolCallFragment(index, id, name);
        foreach (var piece in argumentPieces)
            ToolCallFragment(index, arguments: piece);
        return this;
    }

    /// <summary>Sends one fragment of a call, so that several calls can be interleaved; null omits a field.</summary>
    public ModelScript ToolCallFragment(int? index, string? id = null, string? name = null, string? arguments = null)
    {
        _calls = Math.Max(_calls, (index ?? 0) + 1);
        var function = new JsonObject();
        if (name is not null)
            function["name"] = name;
        if (arguments is not null)
            function["arguments"] = arguments;
        var call = new JsonObject { ["function"] = function };
        if (index is not null)
            call["index"] = index;
        if (id is not null)
            (call["id"], call["type"]) = (id, "function");
        return Chunk(Choice(new JsonObject { ["tool_calls"] = new JsonArray(call) }, null));
    }

    /// <summary>Sets the usage. It is sent in a separate chunk without choices, after the finish reason.</summary>
    public ModelScript Usage(int inputTokens, int outputTokens)
    {
        _usage = new JsonObject
        {
            ["prompt_tokens"] = inputTokens,
            ["completion_tokens"] = outputTokens,
            ["total_tokens"] = inputTokens + outputTokens,
        };
        return this;
    }

    /// <summary>Sends this finish reason here, instead of the matching one at the end.</summary>
    public ModelScript Finish(string reason)
    {
        _hasFinish = true;
        return Chunk(Choice([], reason));
    }

    /// <summary>Ends the response after the steps so far, without finish reason, usage and <c>[DONE]</c>.</summary>
    public ModelScript EndHere()
    {
        _hasEnd = true;
        return this;
    }

    /// <summary>Sends a comment, as servers do to keep a connection open.</summary>
    public ModelScript Comment(string text = "keep-alive") => Raw($": {text}\n\n");

    /// <summary>Sends any text unchanged.</summary>
    public ModelScript Raw(string text) => RawBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends any bytes unchanged.</summary>
    public ModelScript RawBytes(byte[] bytes) => Step(response => response.WriteAsync(bytes));

    /// <summary>Writes everything that follows in pieces of this many bytes, even in the middle of characters.</summary>
    public ModelScript SplitEvery(int bytes) => Step(response =>
    {
        response.PieceLength = bytes;
        return Task.CompletedTask;
    });

    /// <summary>Continues when the task is complete.</summary>
    public ModelScript WaitFor(Task gate) => Step(response => gate.WaitAsync(response.Ended));

    /// <summary>Sends text as a model does that writes this many pieces in a second. On a busy machine, it is slower.</summary>
    public ModelScript TextAtPace(int perSecond, params IEnumerable<string> pieces)
    {
        foreach (var piece in pieces)
        {
            Step(response => Task.Delay(TimeSpan.FromSeconds(1.0 / perSecond), response.Ended));
            Text(piece);
        }

        return this;
    }

    /// <summary>Sends nothing more until the client disconnects.</summary>
    public ModelScript Silence() => EndHere().Step(response => Task.Delay(Timeout.Infinite, response.Ended));

    /// <summary>
    /// Aborts the connection. Unread bytes may be lost, so a test that needs them lets the script <see cref="WaitFor"/> a signal
    /// first.
    /// </summary>
    public ModelScript Abort() => EndHere().Step(response =>
    {
        response.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Sends an error instead of a chunk.</summary>
    public ModelScript ErrorInStream(string message, string code) =>
        EndHere().Chunk(new JsonObject { ["error"] = Error(message, code) });

    /// <summary>Refuses the request.</summary>
    public ModelScript Fail(int status, string message, string code = "error", string? retryAfter = null) =>
        Whole(status, new JsonObject { ["error"] = Error(message, code) }.ToJsonString(), retryAfter: retryAfter);

    /// <summary>Sends a single body instead of a stream.</summary>
    public ModelScript Whole(
        int status, string body, string contentType = "application/json", string? retryAfter = null)
    {
        (Status, ContentType, RetryAfter) = (status, contentType, retryAfter);
        return EndHere().Raw(body);
    }

    /// <summary>Sets the Content-Encoding header; the bytes are written unchanged.</summary>
    public ModelScript Encoded(string encoding)
    {
        ContentEncoding = encoding;
        return this;
    }

    internal async Task PlayAsync(ScriptedResponse response)
    {
        foreach (var step in _steps)
            await step(response);
        if (_hasEnd)
            return;
        if (!_hasFinish)
            await WriteChunkAsync(response, Choice([], _calls > 0 ? "tool_calls" : "stop"));
        if (_usage is not null)
            await WriteChunkAsync(response, new JsonObject { ["choices"] = new JsonArray(), ["usage"] = _usage.DeepClone() });
        await response.WriteAsync("data: [DONE]\n\n"u8.ToArray());
    }

    private ModelScript Deltas(string field, IEnumerable<string> pieces)
    {
        foreach (var piece in pieces)
            Chunk(Choice(new JsonObject { [field] = piece }, null));
        return this;
    }

    private ModelScript Chunk(JsonObject chunk) => Step(response => WriteChunkAsync(response, chunk));

    private ModelScript Step(Func<ScriptedResponse, Task> step)
    {
        _steps.Add(step);
        return this;
    }

    private static Task WriteChunkAsync(ScriptedResponse response, JsonObject chunk)
    {
        var whole = (JsonObject)chunk.DeepClone();
        whole["id"] = "chatcmpl-" + response.Number.ToString(CultureInfo.InvariantCulture);
        whole["object"] = "chat.completion.chunk";
        return response.WriteAsync(Encoding.UTF8.GetBytes($"data: {whole.ToJsonString(ScriptedResponse.Json)}\n\n"));
    }

    private static JsonObject Choice(JsonObject delta, string? finishReason) => new()
    {
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason }),
    };

    private static JsonObject Error(string message, string code) =>
        new() { ["message"] = message, ["type"] = code, ["code"] = code };
}
