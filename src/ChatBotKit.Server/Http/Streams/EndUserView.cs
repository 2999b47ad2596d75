using System.Buffers;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Filters a run's log for an end user. It hides messages with the bot's instructions, the words of the model's provider about a
/// failure, and, unless the end user may see them, the calls and results of tools, the retrieved texts and the ids of sources. It
/// changes lines but never adds or removes one, so the numbers for resuming stay valid.
/// </summary>
internal sealed class EndUserView
{
    private readonly bool _showsTools;
    private readonly bool _showsOwnFunctions;

    private EndUserView(bool showsTools, bool showsOwnFunctions) => (_showsTools, _showsOwnFunctions) = (showsTools, showsOwnFunctions);

    /// <summary>Returns the view for a caller; null when the caller may see everything.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="startedBy">The session that started the run. It sees the calls of its own functions, because it answers them.</param>
    public static EndUserView? Of(Caller caller, string? startedBy) =>
        caller.Session is { } session
            ? new EndUserView(session.Permissions.HasFlag(SessionPermissions.ToolsRead), startedBy == session.Id)
            : null;

    /// <summary>Filters a batch. When nothing in it is hidden, the same batch is returned without a copy.</summary>
    public LogBatch Of(LogBatch batch)
    {
        ArrayBufferWriter<byte>? shown = null;
        var (lines, copied, start) = (batch.Lines, 0, 0);
        while (start < lines.Length)
        {
            var end = start + lines.Span[start..].IndexOf((byte)'\n') + 1;
            if (MayBeChanged(LogLines.TypeOf(lines.Span[start..end])))
            {
                using var document = JsonDocument.Parse(lines[start..end], JsonRules.Stored);
                var line = document.RootElement;
                if (WriterOf(line) is { } write)
                {
                    shown ??= new ArrayBufferWriter<byte>(lines.Length);
                    shown.Write(lines.Span[copied..start]);
                    write(shown, line);
                    copied = end;
                }
            }

            start = end;
        }

        if (shown is null)
            return batch;
        shown.Write(lines.Span[copied..]);
        return batch with { Lines = shown.WrittenMemory };
    }

    /// <summary>Returns the writer of a line that must be changed; null when it may be shown unchanged.</summary>
    private Action<IBufferWriter<byte>, JsonElement>? WriterOf(JsonElement line) =>
        line.GetProperty("type").ValueEquals("error"u8) ? ProviderFailure.IsIn(line) ? ProviderFailure.WriteLine : null
        : IsHidden(line) ? ToolData.WriteLine
        : !_showsTools && SourceIds.IsIn(line) ? SourceIds.WriteLine
        : null;

    private bool MayBeChanged(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("error"u8) || type.SequenceEqual("message"u8)
        || (!_showsTools && (type.StartsWith("operation"u8) || type.StartsWith("datasetSearch"u8)
            || type.StartsWith("intentDetection"u8) || type.StartsWith("waitForChannelMessage"u8)));

    private bool IsHidden(JsonElement line)
    {
        var type = line.GetProperty("type").GetString()!;
        var data = line.GetProperty("data");
        if (type == "message" && data.GetProperty("type").GetString() is { } messageType && messageType != TranscriptMessage.ActivityType)
            return !TranscriptMessage.IsForEndUsers(messageType);
        if (_showsTools || (type == "message" && ToolData.IsUpload(data.GetProperty("meta"))))
            return false;
        return !_showsOwnFunctions || !IsOwnFunction(type, data);
    }

    /// <summary>Whether the event is about a function that the request defined.</summary>
    private static bool IsOwnFunction(string type, JsonElement data) => type switch
    {
        "message" => data.GetProperty("meta").TryGetProperty("activity", out var activity)
            && activity.TryGetProperty("source", out var source) && source.ValueEquals(ToolActivity.RequestSource),
        "operationBegin" or "operationEnd" => data.GetProperty("action").GetProperty("kind").ValueEquals(ToolActivity.RequestKind),
        // Only functions of a request can be answered on a channel.
        _ => type.StartsWith("waitForChannelMessage", StringComparison.Ordinal),
    };
}
