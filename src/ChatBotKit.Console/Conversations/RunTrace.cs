using System.Text.Json;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Conversations;

/// <summary>The steps of a run with their times.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="RunId">The id of the run.</param>
/// <param name="Run">The run in the list of runs; null when it is an old one.</param>
public sealed record RunTrace(ConversationItem Conversation, string RunId, RunItem? Run)
{
    /// <summary>Gets the steps in the order of their begin.</summary>
    public IReadOnlyList<TraceStep> Steps { get; init; } = [];

    /// <summary>Gets the time of the first event.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Gets the time of the last event.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Gets the time of the first token.</summary>
    public DateTimeOffset? FirstToken { get; init; }

    /// <summary>Gets the number of events.</summary>
    public int Events { get; init; }

    /// <summary>Gets the tokens of the prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens of the answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets whether the log has more events than the trace.</summary>
    public bool IsCut { get; init; }

    /// <summary>Gets whether the run goes on.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Gets whether the events are those that a visitor gets.</summary>
    public bool IsOfVisitor { get; init; }

    internal static RunTrace Of(ConversationItem conversation, string runId, RunItem? run, IReadOnlyList<RunEvent> events)
    {
        var steps = new List<TraceStep>();
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in events)
            Add(one, steps, open);
        var usage = events.OfType<UsageEvent>().ToList();
        return new RunTrace(conversation, runId, run)
        {
            Steps = steps,
            Start = events.Count > 0 ? events[0].CreatedAt : null,
            End = events.Count > 0 ? events[^1].CreatedAt : null,
            FirstToken = events.FirstOrDefault(one => one is TokenEvent)?.CreatedAt,
            Events = events.Count,
            InputTokens = usage.Sum(one => one.Data.InputTokensUsed),
            OutputTokens = usage.Sum(one => one.Data.OutputTokensUsed),
        };
    }

    /// <summary>Adds a step at a begin, and completes it at the end that belongs to it.</summary>
    private static void Add(RunEvent one, List<TraceStep> steps, Dictionary<string, int> open)
    {
        const string Begin = "Begin";
        const string End = "End";
        if (one is TokenEvent or ReasoningTokenEvent or PingEvent or NopEvent || one.CreatedAt is not { } at)
            return;
        if (one.Type.EndsWith(Begin, StringComparison.Ordinal))
        {
            open[KeyOf(one, Begin)] = steps.Count;
            steps.Add(TraceStep.Of(one, at) with { IsOpen = true });
        }
        else if (one.Type.EndsWith(End, StringComparison.Ordinal) && open.Remove(KeyOf(one, End), out var index))
        {
            steps[index] = steps[index] with { End = at, Output = TraceStep.TextOf(one), IsOpen = false };
        }
        else
        {
            steps.Add(TraceStep.Of(one, at));
        }
    }

    private static string KeyOf(RunEvent one, string ending) => $"{one.Type[..^ending.Length]} {one switch
    {
        CompleteBeginEvent complete => complete.Data.Iteration,
        CompleteEndEvent complete => complete.Data.Iteration,
        RunEvent<OperationEventData> operation => operation.Data.Id,
        RunEvent<DatasetSearchEventData> search => search.Data.Id,
        _ => "",
    }}";
}

/// <summary>A step of a run.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Kind">Its class in the style sheet.</param>
/// <param name="Start">When it began.</param>
public sealed record TraceStep(string Name, string Kind, DateTimeOffset Start)
{
    /// <summary>Gets when it ended; the start for something that takes no time.</summary>
    public DateTimeOffset End { get; init; } = Start;

    /// <summary>Gets the event that began it.</summary>
    public string Input { get; init; } = "";

    /// <summary>Gets the event that ended it.</summary>
    public string? Output { get; init; }

    /// <summary>Gets whether it has no end yet.</summary>
    public bool IsOpen { get; init; }

    internal static TraceStep Of(RunEvent one, DateTimeOffset at)
    {
        var (name, kind) = one switch
        {
            CompleteBeginEvent => ("Model call", "model"),
            OperationBeginEvent operation => ($"Tool {operation.Data.Action.Name ?? operation.Data.Action.Id}", "tool"),
            IntentDetectionBeginEvent => ("Choice of a tool", "tool"),
            DatasetSearchBeginEvent => ("Search in the dataset", "search"),
            WaitForChannelMessageBeginEvent => ("Function in the page", "tool"),
            CompactionBeginEvent => ("Summary of old messages", "model"),
            MessageEvent message => ($"Message of type {message.Data.Type}", "model"),
            SendResultEvent => ("Question stored", "model"),
            UsageEvent => ("Usage", "model"),
            ReceiveResultEvent or ResultEvent => ("Result", "model"),
            ErrorEvent => ("Error", "failed"),
            AbortEvent => ("Aborted", "failed"),
            _ => (one.Type, "model"),
        };
        return new TraceStep(name, kind, at) { Input = TextOf(one) };
    }

    internal static string TextOf(RunEvent one)
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(one, ChatBotKitJson.ClientOptions));
        return json.RootElement.TryGetProperty("data", out var data) ? JsonSerializer.Serialize(data, JsonText.WithoutNulls) : "";
    }
}
