using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Testing;

/// <summary>
/// Specifies the events of a run: written by hand, read from a file, or recorded from a real run. The record is immutable;
/// each method returns a new one.
/// </summary>
public sealed record ScriptedRun
{
    private static readonly JsonTypeInfo<RunEvent> EventType =
        (JsonTypeInfo<RunEvent>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(RunEvent));

    /// <summary>Gets the events in their order.</summary>
    public IReadOnlyList<RunEvent> Events { get; private init; } = [];

    /// <summary>Gets what the run came to: that of its last result, or an empty one.</summary>
    public RunResult Result => Events.OfType<ResultEvent>().LastOrDefault()?.Data ?? new RunResult();

    /// <summary>Creates a run of events.</summary>
    /// <param name="events">The events.</param>
    /// <returns>The run.</returns>
    public static ScriptedRun Of(params IEnumerable<RunEvent> events) => new() { Events = [.. events] };

    /// <summary>Creates a run that answers with a text, word by word, and succeeds.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The run.</returns>
    public static ScriptedRun Saying(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split(' ');
        return new ScriptedRun().Text(words.Select((word, i) => i == words.Length - 1 ? word : word + " ")).End(EndReason.Stop);
    }

    /// <summary>Reads a run from lines of JSON, such as the recorded body of a streamed answer.</summary>
    /// <param name="lines">The lines, with one event each. Empty lines are ignored.</param>
    /// <returns>The run.</returns>
    /// <exception cref="JsonException">A line is not an event.</exception>
    public static ScriptedRun Parse(string lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Of(lines.Split('\n')
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => JsonSerializer.Deserialize(line, EventType) ?? throw new JsonException("An event must not be null.")));
    }

    /// <summary>Records a real run, which can be stored in a file and replayed.</summary>
    /// <param name="events">The run, for example an unsent <c>api.Conversation.CompleteAsync(…)</c>.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The run.</returns>
    /// <exception cref="ChatBotKitException">The run failed.</exception>
    public static async Task<ScriptedRun> RecordAsync(IAsyncEnumerable<RunEvent> events, CancellationToken cancellationToken = default) =>
        Of(await events.ToListAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Adds an event.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun With(RunEvent happened) => this with { Events = [.. Events, happened] };

    /// <summary>Adds a text of the model: a token for each piece, then the whole message.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun Text(params IEnumerable<string> pieces) =>
        Say(MessageType.Bot, pieces, piece => new TokenEvent { Data = new TokenEventData(MessageType.Bot, piece) });

    /// <summary>Adds reasoning of the model: a token for each piece, then the whole message.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun Reasoning(params IEnumerable<string> pieces) =>
        Say(MessageType.Reasoning, pieces, piece => new ReasoningTokenEvent { Data = new TokenEventData(MessageType.Bot, piece) });

    /// <summary>Adds a function call. Without a <see cref="FunctionResult"/> for the same call, the caller has to answer it.</summary>
    /// <param name="callId">The id of the call; null for none, as with some servers.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="arguments">The arguments as a JSON object.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun FunctionCall(string? callId, string name, string arguments = "{}") => Activity("request", callId, name, arguments, null);

    /// <summary>Adds the answer to a function call, as the server does for its own functions.</summary>
    /// <param name="callId">The id of the call; null for none.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="arguments">The arguments of the call.</param>
    /// <param name="result">The answer as JSON.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun FunctionResult(string? callId, string name, string arguments, string result) =>
        Activity("response", callId, name, arguments, result);

    /// <summary>Waits for the result of a function on a channel.</summary>
    /// <param name="channel">The id of the channel.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="arguments">The arguments as a JSON object.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun WaitForChannel(string channel, string name, string arguments = "{}") => With(new WaitForChannelMessageBeginEvent
    {
        Data = new ChannelWaitEventData
        {
            Channel = channel,
            Function = new ChannelWaitFunction { Name = name, Args = JsonElement.Parse(arguments) },
        },
    });

    /// <summary>Ends the run with a result.</summary>
    /// <param name="reason">The reason why the run ends.</param>
    /// <param name="inputTokens">The tokens that the model read.</param>
    /// <param name="outputTokens">The tokens that the model wrote.</param>
    /// <param name="id">The id of the last message; null when nothing is stored.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun End(EndReason reason, long inputTokens = 1, long outputTokens = 1, string? id = null) => With(new ResultEvent
    {
        Data = new RunResult
        {
            Id = id,
            Text = Events.OfType<MessageEvent>().LastOrDefault()?.Data.Text ?? "",
            Usage = new RunUsage { Token = inputTokens + outputTokens, InputTokens = inputTokens, OutputTokens = outputTokens },
            End = new RunEnd { Reason = reason },
        },
    });

    /// <summary>Fails the run.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">The message.</param>
    /// <returns>A run with the added events.</returns>
    public ScriptedRun Fail(string code, string message = "Failed by the script.") =>
        With(new ErrorEvent { Data = new ErrorResponse { Message = message, Code = code } });

    /// <summary>Numbers the events, starting at 1, like a server whose streams can be resumed.</summary>
    /// <returns>The numbered run.</returns>
    public ScriptedRun Numbered() => Of(Events.Select((happened, i) => happened with { Id = i + 1 }));

    /// <summary>Keeps the first events only, for a stream that is cut behind them.</summary>
    /// <param name="count">The number of pieces.</param>
    /// <returns>A run with the first events only.</returns>
    public ScriptedRun First(int count) => Of(Events.Take(count));

    /// <summary>Writes the run as lines of JSON, which <see cref="Parse"/> reads again.</summary>
    /// <returns>The text, with one event per line.</returns>
    public string ToLines() => string.Concat(Events.Select(happened => JsonSerializer.Serialize(happened, EventType) + "\n"));

    private ScriptedRun Say(MessageType type, IEnumerable<string> pieces, Func<string, RunEvent> token)
    {
        string[] all = [.. pieces];
        return Of([
            .. Events, .. all.Select(token),
            new MessageEvent { Data = new MessageEventData { Type = type, Text = string.Concat(all) } },
        ]);
    }

    private ScriptedRun Activity(string type, string? callId, string name, string arguments, string? result)
    {
        var function = new JsonObject { ["name"] = name, ["arguments"] = JsonNode.Parse(arguments) };
        if (result is not null)
            function["result"] = result;
        var activity = new JsonObject { ["type"] = type, ["function"] = function };
        if (callId is not null)
            activity["callId"] = callId;
        return With(new MessageEvent
        {
            Data = new MessageEventData { Type = MessageType.Activity, Text = "", Meta = new JsonObject { ["activity"] = activity } },
        });
    }
}
