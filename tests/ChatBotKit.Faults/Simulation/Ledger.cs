using ChatBotKit.Server.Data;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>The promises of the server so far, and checks of those that can be checked at once.</summary>
internal sealed class Ledger(World world)
{
    /// <summary>
    /// How long after an acknowledged abort a model may still be awaited. The clock advances slowly while there are steps to take.
    /// </summary>
    private const long AbortPatience = 5_000;

    private readonly Dictionary<string, KnownRun> _runs = [];
    private readonly Dictionary<string, KnownSession> _sessions = [];
    private readonly Dictionary<string, KnownConversation> _conversations = [];
    private readonly Dictionary<string, List<ulong>> _seen = [];
    private readonly HashSet<string> _tainted = [];
    private int _numbers;

    public IReadOnlyCollection<KnownRun> Runs => _runs.Values;

    public IReadOnlyCollection<KnownSession> Sessions => _sessions.Values;

    public IReadOnlyCollection<KnownConversation> Conversations => _conversations.Values;

    /// <summary>The text of each message that a client has sent, by the id that the server gave it.</summary>
    public Dictionary<string, string> Appended { get; } = [];

    /// <summary>Texts that were refused permanently.</summary>
    public HashSet<string> Failed { get; } = [];

    /// <summary>Objects whose publishing was acknowledged, with their log.</summary>
    public List<(string LogId, string Text)> Published { get; } = [];

    /// <summary>Hashes of the lines that readers have seen, by log and number; 0 for a line that was not seen.</summary>
    public IReadOnlyDictionary<string, List<ulong>> SeenLines => _seen;

    public int NextNumber() => ++_numbers;

    public void Add(KnownConversation conversation) => _conversations.Add(conversation.Id, conversation);

    public void Add(KnownSession session) => _sessions.Add(session.Id, session);

    public KnownRun NewRun(RunRequest request)
    {
        var run = new KnownRun($"run-{NextNumber()}", request);
        _runs.Add(run.Id, run);
        return run;
    }

    public KnownRun Run(string id) => _runs[id];

    public void Tried(string messageId, string text) => Appended.Add(messageId, text);

    /// <summary>Whether every running server knows that the session is revoked.</summary>
    public bool IsRevoked(string? sessionId) => sessionId is not null && !world.HadTwoHolders && _sessions[sessionId].IsRevoked;

    public bool IsTainted(string logId) => _tainted.Contains(logId);

    /// <summary>Records a failed write. The writer may have stored less than intended.</summary>
    public void Taint(WriteSet? writes)
    {
        foreach (var append in writes?.Log ?? [])
        {
            _tainted.Add(append.LogId);
            foreach (var run in _runs.Values.Where(run => run.Id == append.LogId || run.Request.ChannelLogId == append.LogId))
                Taint(run.Request.ConversationId);
        }
        foreach (var message in writes?.Messages ?? [])
            Taint(message.ConversationId);
        if (writes?.StartedRun is { } started)
            Taint(started.LogId, started.ConversationId!);
        foreach (var ended in writes?.EndedRuns ?? [])
            Taint(ended.RunId, _runs[ended.RunId].Request.ConversationId);
        // The message of a run may be stored later, with the end of the run.
        if (writes?.StartedRun is { SessionId: { } asking, QuestionText: not null })
            _sessions[asking].Unknown++;
        if (writes?.SessionUse is { Messages: > 0 } use)
            _sessions[use.SessionId].Unknown += use.Messages;
    }

    /// <summary>
    /// Checks a write that the store has refused as stale. With one process that must not happen, except for rows of a deleted
    /// conversation. Of two processes, the second writer is refused.
    /// </summary>
    public void Refused(WriteSet? writes, Exception failure)
    {
        world.Note("refused", failure.GetType().Name);
        if (failure is (StaleWriteException or DuplicateKeyException) && world.HadTwoHolders)
            world.Counts.Fenced++;
        else if (failure is not MissingParentException || !_conversations.Values.Any(conversation => conversation.IsRemoved))
            world.Violate($"a write is refused without a cause: {failure.Message}");
        Taint(writes);
    }

    /// <summary>Records lines that leave the server. They must already be on the disk, unchanged.</summary>
    public void Seen(string logId, LogBatch batch)
    {
        var stored = world.Disk.Log(logId).FirstOrDefault(one => one.First <= batch.First && one.Last >= batch.Last);
        if (!(stored is not null
            && new LogBatch(stored.First, stored.Last, stored.Lines).After(batch.First - 1).Lines.Span.StartsWith(batch.Lines.Span)))
            world.Violate($"lines {batch.First} to {batch.Last} of {logId} were shown and are not on the disk");
        if (!_seen.TryGetValue(logId, out var hashes))
            _seen.Add(logId, hashes = []);
        var number = batch.First;
        foreach (var line in LogLines.Split(batch.Lines))
        {
            while (hashes.Count < number)
                hashes.Add(0);
            hashes[(int)number++ - 1] = Lines.HashOf(line.Span);
        }
        if (number != batch.Last + 1)
            world.Violate($"a batch of {logId} says {batch.First} to {batch.Last} and has {number - batch.First} lines");
    }

    /// <summary>Returns the run of a request to the model; null for a summary.</summary>
    public KnownRun? RunOf(ModelRequest request)
    {
        var text = request.Messages[0].Text;
        var start = text.LastIndexOf("[run-", StringComparison.Ordinal) + 1;
        return start == 0 ? null : _runs[text[start..text.IndexOf(']', start)]];
    }

    /// <summary>
    /// Checks that the model gets everything that was acknowledged before the run was requested, and the run's own message once.
    /// </summary>
    public void CheckPrompt(KnownRun run, ModelRequest request)
    {
        var conversation = run.Request.Conversation;
        if (conversation.IsRemoved || world.HadTwoHolders)
            return;
        var shown = request.Messages.Where(message => message.Role == ModelRole.User).Select(message => message.Text).ToList();
        if (!run.IsAsked && !conversation.IsCompacted)
        {
            foreach (var (_, text) in conversation.Acknowledged.Take(run.Request.Before))
            {
                if (!shown.Contains(text))
                    world.Violate($"the model of {run.Id} does not see \"{text}\"");
            }
        }
        if (!run.IsAsked && run.Request.Text is { } own && shown.Count(text => text == own) != 1)
            world.Violate($"the model of {run.Id} sees its message {shown.Count(text => text == own)} times");
        if (!run.IsAsked && shown.Find(text => Failed.Contains(text) && !world.Disk.Messages(conversation.Id).Any(row => row.Text == text)) is { } refused)
            world.Violate($"the model of {run.Id} sees \"{refused}\", which was refused and is not stored");
        if (SettingsOf(request) < run.Request.Settings)
            world.Violate($"the model of {run.Id} gets settings {SettingsOf(request)} after {run.Request.Settings} were acknowledged");
        run.IsAsked = true;
    }

    /// <summary>Checks that the model of an aborted run was not awaited for too long.</summary>
    public void CheckAbort(KnownRun run, long since)
    {
        if (run.AbortedAt is { } at && world.Now - Math.Max(at, since) is > AbortPatience and var waited)
            world.Violate($"the model of {run.Id} is waited for {waited / 1000} s after its abort");
    }

    private static int SettingsOf(ModelRequest request)
    {
        var text = request.Messages[0].Text;
        return int.Parse(text.AsSpan(1, text.IndexOf('.', StringComparison.Ordinal) - 1), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Taint(string logId, string conversationId)
    {
        _tainted.Add(logId);
        Taint(conversationId);
    }

    private void Taint(string conversationId) => _conversations[conversationId].IsTainted = true;
}
