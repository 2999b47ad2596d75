using System.Buffers;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>Collects what the events of a run say about its completion.</summary>
internal sealed class ChatOutcome
{
    private readonly RentedBuffer _text = new();
    private readonly List<ToolActivity> _calls = [];

    private string _reason = EndReasons.Stop;
    private bool _isFiltered;
    private string? _abort;

    /// <summary>The text of the last answer of the model, with the escapes of a JSON string.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>The calls that the caller must answer. Those that the server answers are not told.</summary>
    public IReadOnlyList<ToolActivity> Calls => _calls;

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>Whether the run has ended.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The failure of the run; null when there is none.</summary>
    public ApiException? Failure { get; private set; }

    public string FinishReason =>
        _calls.Count > 0 ? "tool_calls"
        : _isFiltered ? "content_filter"
        : _reason is EndReasons.Length or EndReasons.Iteration ? "length"
        : "stop";

    public void AddText(ReadOnlySpan<byte> escaped) => _text.Write(escaped);

    /// <summary>Takes an event that is no token.</summary>
    /// <returns>Whether a new answer of the model begins.</returns>
    public bool Take(ReadOnlyMemory<byte> line)
    {
        switch (LogLines.TypeOf(line.Span))
        {
            case var type when type.SequenceEqual("completeBegin"u8):
                _text.Clear();
                return true;
            case var type when type.SequenceEqual("message"u8):
                Read(line, TakeMessage);
                break;
            case var type when type.SequenceEqual("usage"u8):
                Read(line, data => (InputTokens, OutputTokens) =
                    (data.GetProperty("inputTokensUsed").GetInt64(), data.GetProperty("outputTokensUsed").GetInt64()));
                break;
            case var type when type.SequenceEqual("abort"u8):
                Read(line, data => _abort = data.GetProperty("reason").GetString());
                break;
            case var type when type.SequenceEqual("error"u8):
                Read(line, data => Failure = RunFault.Read(data));
                break;
            case var type when type.SequenceEqual("result"u8):
                Read(line, data => _reason = data.GetProperty("end").GetProperty("reason").GetString()!);
                Failure ??= _reason == EndReasons.Abort ? Aborted() : null;
                IsComplete = true;
                break;
        }

        return false;
    }

    private void TakeMessage(JsonElement message)
    {
        var meta = message.GetProperty("meta");
        _isFiltered |= meta.TryGetProperty("contentFiltered", out _);
        if (message.GetProperty("type").GetString() != TranscriptMessage.ActivityType || ToolActivity.Parse(meta) is not { } activity)
            return;
        if (activity is { Kind: ToolActivity.Request, IsOfRequest: true })
            _calls.Add(activity);
        else if (activity.Kind == ToolActivity.Response)
            _calls.RemoveAll(call => call.IsAnsweredBy(activity));
    }

    private ApiException Aborted() => _abort == RunAbort.TimedOut
        ? new ApiException(ErrorCode.GatewayTimeout, "The answer took too long")
        : ApiException.ServiceUnavailable("The server is stopping; send the request again");

    private static void Read(ReadOnlyMemory<byte> line, Action<JsonElement> take)
    {
        using var document = JsonDocument.Parse(line, JsonRules.Stored);
        take(document.RootElement.GetProperty("data"));
    }
}
