using System.Buffers;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A run's log as an end user may see it: without messages that hold what the bot was told, without what the model's provider said
/// when it failed, and, unless it may see these, without what tools were asked, what they answered and what was looked up. No line
/// goes and none comes, so the numbers by which a reader comes back stay right.
/// </summary>
internal sealed class EndUserView
{
    private readonly bool _showsTools;
    private readonly bool _showsOwnFunctions;

    private EndUserView(bool showsTools, bool showsOwnFunctions) => (_showsTools, _showsOwnFunctions) = (showsTools, showsOwnFunctions);

    /// <summary>The view that the caller gets; null for one who may see everything.</summary>
    /// <param name="caller">Who reads.</param>
    /// <param name="startedBy">The session that started the run. It sees the calls of its own functions, since it answers them.</param>
    public static EndUserView? Of(Caller caller, string? startedBy) =>
        caller.Session is { } session
            ? new EndUserView(session.Permissions.HasFlag(SessionPermissions.ToolsRead), startedBy == session.Id)
            : null;

    /// <summary>The batch as it may be seen; the same one, and not a copy, when nothing in it is hidden.</summary>
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

    /// <summary>Writes the line as it may be seen; null when it may be seen as it is.</summary>
    private Action<IBufferWriter<byte>, JsonElement>? WriterOf(JsonElement line) =>
        line.GetProperty("type").ValueEquals("error"u8) ? ProviderFailure.IsIn(line) ? ProviderFailure.WriteLine : null
        : IsHidden(line) ? ToolData.WriteLine
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

    /// <summary>Whether it is about a function that the request defined.</summary>
    private static bool IsOwnFunction(string type, JsonElement data) => type switch
    {
        "message" => data.GetProperty("meta").TryGetProperty("activity", out var activity)
            && activity.TryGetProperty("source", out var source) && source.ValueEquals(ToolActivity.RequestSource),
        "operationBegin" or "operationEnd" => data.GetProperty("action").GetProperty("kind").ValueEquals(ToolActivity.RequestKind),
        // Nobody but a request can name a channel to answer on.
        _ => type.StartsWith("waitForChannelMessage", StringComparison.Ordinal),
    };
}
