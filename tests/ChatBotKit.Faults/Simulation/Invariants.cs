using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>The invariants of the disk at the end of a simulation, whatever has happened before.</summary>
internal sealed class Invariants(World world)
{
    private readonly Dictionary<string, RunLog> _logs = [];

    public void Check()
    {
        foreach (var logId in world.Disk.LogIds)
            CheckNumbers(logId);
        foreach (var run in world.Disk.Runs.Values)
            CheckRun(run);
        foreach (var conversation in world.Ledger.Conversations.Where(one => !one.IsRemoved))
        {
            CheckMessages(conversation);
            CheckTurns(conversation);
        }
        CheckKeys();
        CheckPublished();
        foreach (var session in world.Ledger.Sessions.Where(one => !one.Conversation.IsRemoved))
            CheckLimit(session);
    }

    /// <summary>Checks that numbers have no gaps or duplicates, and that every line is unchanged since it was seen.</summary>
    private void CheckNumbers(string logId)
    {
        var isOfRun = !logId.StartsWith(ChannelLogs.IdPrefix, StringComparison.Ordinal);
        var seen = world.Ledger.SeenLines.GetValueOrDefault(logId) ?? [];
        var log = _logs[logId] = new RunLog();
        var number = 0;
        foreach (var batch in world.Disk.Log(logId))
        {
            log.BeginBatch();
            if (batch.First != number + 1)
                world.Violate($"line {batch.First} of {logId} follows {number}");
            foreach (var line in LogLines.Split(batch.Lines))
            {
                number++;
                if (number <= seen.Count && seen[number - 1] != 0 && seen[number - 1] != Lines.HashOf(line.Span))
                    world.Violate($"line {number} of {logId} is not what a reader has seen");
                if (isOfRun && Lines.NumberOf(line.Span) != number)
                    world.Violate($"line {number} of {logId} says {Lines.NumberOf(line.Span)}");
                log.Take(line);
            }
            if (batch.Last != number)
                world.Violate($"a batch of {logId} ends with {number} and says {batch.Last}");
        }
        if (seen.Count > number)
            world.Violate($"line {seen.Count} of {logId} was seen and is not stored");
    }

    /// <summary>Checks that there is a single end, in the row and, in a log of its own, as the last event.</summary>
    private void CheckRun(RunRow run)
    {
        var reason = run.EndedAt is null ? "none" : run.EndReason!;
        world.Counts.Ends[reason] = world.Counts.Ends.GetValueOrDefault(reason) + 1;
        if (run.EndedAt is null)
            world.Violate($"{run.Id} has no end after the last start");
        if (world.Disk.Ends.GetValueOrDefault(run.Id) > 1)
            world.Violate($"{run.Id} ended {world.Disk.Ends[run.Id]} times");
        if (run.LogId != run.Id || run.EndedAt is null)
            return;
        if (!_logs.TryGetValue(run.LogId, out var log))
            world.Violate($"{run.Id} has ended and said nothing");
        else if (log.Fault(run.EndReason!) is { } fault)
            world.Violate($"{run.Id}: {fault}");
    }

    /// <summary>Checks that no acknowledged message is lost, none is duplicated or out of order, and each has a cause.</summary>
    private void CheckMessages(KnownConversation conversation)
    {
        foreach (var (id, text) in conversation.Acknowledged)
        {
            if (world.Disk.Message(id) is not { } stored || stored.Text != text || stored.ConversationId != conversation.Id)
                world.Violate($"{id} \"{text}\" was acknowledged and is not stored");
        }
        MessageRow? before = null;
        foreach (var row in world.Disk.Messages(conversation.Id))
        {
            // Each of two servers assigns its own times to messages.
            if (before is not null && (row.Position <= before.Position || (row.CreatedAt <= before.CreatedAt && !world.HadTwoHolders)))
                world.Violate($"message {row.Position} of {row.CreatedAt} follows {before.Position} of {before.CreatedAt}");
            before = row;
        }
    }

    /// <summary>Checks that events and messages agree, and that the messages of different turns are not mixed.</summary>
    private void CheckTurns(KnownConversation conversation)
    {
        var turnOf = new Dictionary<string, string>();
        foreach (var (logId, log) in _logs.Where(one => IsOf(one.Key, conversation)))
        {
            foreach (var (id, text, isRecovered) in log.Messages)
            {
                if ((world.Disk.Message(id) is not { } stored || stored.Text != text) && !HoldsLinesOfRemoved(logId))
                    world.Violate($"{logId} tells of a message that is not stored: \"{text}\"");
                if (!isRecovered && !turnOf.TryAdd(id, logId))
                    world.Violate($"message \"{text}\" is told of twice");
            }
        }
        if (!world.HadTwoHolders)
            CheckOrder(conversation, turnOf);
    }

    private void CheckOrder(KnownConversation conversation, Dictionary<string, string> turnOf)
    {
        var ended = new HashSet<string>();
        string? current = null;
        foreach (var row in world.Disk.Messages(conversation.Id))
        {
            if (!turnOf.TryGetValue(row.Id, out var turn))
                continue;
            if (turn != current && ended.Contains(turn) && !turn.StartsWith(ChannelLogs.IdPrefix, StringComparison.Ordinal))
                world.Violate($"the turns of {turn} and {current} are mixed at {row.Position}");
            if (turn != current && current is not null)
                ended.Add(current);
            current = turn;
        }
    }

    private bool IsOf(string logId, KnownConversation conversation) =>
        world.Disk.Runs.Values.Any(run => run.LogId == logId && run.ConversationId == conversation.Id);

    /// <summary>Whether a run of a removed conversation wrote to the channel. Its lines stay, and its messages do not.</summary>
    private bool HoldsLinesOfRemoved(string logId) =>
        world.Ledger.Runs.Any(run => run.Request.ChannelLogId == logId && run.Request.Conversation.IsRemoved);

    /// <summary>Checks that a request with a key was executed at most once.</summary>
    private void CheckKeys()
    {
        var texts = new HashSet<string>();
        foreach (var row in world.Ledger.Conversations.SelectMany(conversation => world.Disk.Messages(conversation.Id)))
        {
            if (row.Type == TranscriptMessage.User && !texts.Add(row.Text))
                world.Violate($"\"{row.Text}\" is stored twice");
        }
        var keys = new HashSet<string>();
        foreach (var run in world.Disk.Runs.Keys)
        {
            if (world.Ledger.Run(run).Request.Key is { } key && !keys.Add(key))
                world.Violate($"{key} has started two runs");
        }
    }

    private void CheckPublished()
    {
        foreach (var (logId, text) in world.Ledger.Published)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            var times = world.Disk.Log(logId).SelectMany(batch => LogLines.Split(batch.Lines)).Count(line => line.Span.SequenceEqual(bytes));
            if (times != 1)
                world.Violate($"{text} was published and is stored {times} times");
        }
    }

    private void CheckLimit(KnownSession session)
    {
        var used = world.Disk.Sessions[session.Id].UsedMessages;
        if (!world.HadTwoHolders && used > session.Messages + session.Unknown)
            world.Violate($"{session.Id} sent {used} messages and may send {session.Messages}");
    }
}
