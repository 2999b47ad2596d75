using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>The events of a turn that was followed. A turn that ended with its process was not.</summary>
/// <param name="Steps">The number of answers of the model.</param>
/// <param name="Fault">The message of its error; null for none.</param>
/// <param name="AbortReason">Why it was aborted; null when it was not.</param>
internal sealed record SeenTurn(int Steps, string? Fault, string? AbortReason);

/// <summary>
/// Follows a turn to its end. Whether it has ended is known from its row alone: the events, which are on the channel of the task, say when
/// to look.
/// </summary>
internal sealed class TurnFollower(IStore store)
{
    /// <summary>How often the row is read while no event comes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <param name="channel">The channel of the task, subscribed before the turn began.</param>
    /// <param name="runId">The run of the turn.</param>
    /// <param name="cancellationToken">The token that cancels the waiting.</param>
    /// <returns>The events; null when the run was deleted, with its conversation.</returns>
    /// <exception cref="IOException">The store failed.</exception>
    public async Task<SeenTurn?> FollowAsync(LogReader channel, string runId, CancellationToken cancellationToken)
    {
        var seen = new SeenTurn(0, null, null);
        while (true)
        {
            var isAtEnd = false;
            switch (await channel.ReadAsync(cancellationToken))
            {
                case LogRead.Lines:
                    foreach (var line in LogLines.Split(channel.Current.Lines))
                        isAtEnd |= Take(line, ref seen);
                    break;
                case LogRead.Heartbeat:
                    isAtEnd = true;
                    break;
                default:
                    throw new IOException("The events of the task can't be read.");
            }

            if (!isAtEnd)
                continue;
            var run = await store.FindRunAsync(runId, cancellationToken);
            if (run is not { EndedAt: null })
                return run is null ? null : seen;
        }
    }

    /// <returns>Whether the turn may have ended with this event.</returns>
    private static bool Take(ReadOnlyMemory<byte> line, ref SeenTurn seen)
    {
        var type = LogLines.TypeOf(line.Span);
        if (type.SequenceEqual("completeBegin"u8))
            seen = seen with { Steps = seen.Steps + 1 };
        else if (type.SequenceEqual("abort"u8))
            seen = seen with { AbortReason = TextIn(line, "reason"u8) };
        else if (type.SequenceEqual("error"u8))
            seen = seen with { Fault = TextIn(line, "message"u8) };
        else
            return type.SequenceEqual("result"u8);
        return type.SequenceEqual("error"u8);
    }

    private static string? TextIn(ReadOnlyMemory<byte> line, ReadOnlySpan<byte> field)
    {
        using var document = JsonDocument.Parse(line, JsonRules.Stored);
        return document.RootElement.GetProperty("data"u8).TryGetProperty(field, out var value) ? value.GetString() : null;
    }
}
