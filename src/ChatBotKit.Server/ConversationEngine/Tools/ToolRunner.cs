using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Answers the tool calls of a run, several at once, and reports what happens.</summary>
internal sealed class ToolRunner(
    RunInput input, ToolSet tools, RunEvents events, IPassageSearch search, ChannelLogs channels, TimeProvider clock)
{
    /// <summary>How long a caller has to answer on a channel, and how often the stream shows a sign of life meanwhile.</summary>
    private static readonly TimeSpan ChannelTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ChannelPing = TimeSpan.FromMinutes(1);

    private const int SearchPassages = 5;

    /// <summary>Better than calling a function with arguments that nobody chose: the model can try again.</summary>
    private const string BadArguments = """{"error":"the arguments are not a JSON object that can be used"}""";

    private ConcurrentDictionary<string, SemaphoreSlim>? _channelTurns;
    private volatile RunAbortedException? _aborted;

    /// <summary>
    /// Runs the calls of one answer of the model side by side.
    /// </summary>
    /// <param name="calls">What the model asked for.</param>
    /// <param name="transcript">Gets the requests and the answers.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when a call is one that only the caller can answer.</returns>
    /// <exception cref="RunAbortedException">A channel's message asked to end the run.</exception>
    public async Task<bool> RunAsync(
        IReadOnlyList<ModelToolCall> calls, List<TranscriptMessage> transcript, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = new List<(ToolActivity Request, Task<string?> Result)>(calls.Count);
        foreach (var call in calls)
        {
            var arguments = ReadArguments(call.Arguments);
            var request = Request(call, arguments, transcript, isAsked: true);
            var result = arguments is null
                ? Task.FromResult<string?>(BadArguments)
                : AnswerOrStopAllAsync(request, stop);
            all.Add((request, result));
        }
        events.InputUsedUp();

        var answered = true;
        await Task.WhenAll(all.Select(one => one.Result));
        if (_aborted is not null)
            throw _aborted;
        foreach (var (request, result) in all)
        {
            if (await result is { } text)
                Respond(request, text, transcript);
            else
                answered = false;
        }
        return answered;
    }

    /// <summary>Answers every call with the same result, without running anything.</summary>
    public void Refuse(IReadOnlyList<ModelToolCall> calls, string result, List<TranscriptMessage> transcript)
    {
        foreach (var call in calls)
        {
            Respond(Request(call, ReadArguments(call.Arguments), transcript, isAsked: false), result, transcript);
        }
    }

    private ToolActivity Request(ModelToolCall call, string? arguments, List<TranscriptMessage> transcript, bool isAsked)
    {
        var request = new ToolActivity(ToolActivity.Request, call.Id, call.Name, arguments ?? "{}", null)
        {
            IsOfRequest = tools.Find(call.Name) is { IsOfRequest: true },
            Given = call.Given,
        };
        // A call that is refused, or that goes to a function that is not there, is answered here too.
        var answerFrom = isAsked && arguments is not null && tools.Find(call.Name) is { IsAnsweredHere: false }
            ? CallAnswerer.Of(input.SessionId)
            : CallAnswerer.Server;
        events.Message(TranscriptMessage.ActivityType, "", request.ToMeta(), answerFrom);
        transcript.Add(new TranscriptMessage(TranscriptMessage.ActivityType, "", request));
        return request;
    }

    private void Respond(ToolActivity request, string result, List<TranscriptMessage> transcript)
    {
        var response = request with { Kind = ToolActivity.Response, Result = result, Given = null };
        events.Message(TranscriptMessage.ActivityType, "", response.ToMeta());
        transcript.Add(new TranscriptMessage(TranscriptMessage.ActivityType, "", response));
    }

    /// <summary>One call's request to end the run ends the waiting of the others too.</summary>
    private async Task<string?> AnswerOrStopAllAsync(ToolActivity call, CancellationTokenSource stop)
    {
        try
        {
            return await AnswerAsync(call, stop.Token);
        }
        catch (RunAbortedException aborted)
        {
            _aborted = aborted;
            stop.Cancel();
            return null;
        }
        catch (OperationCanceledException) when (_aborted is not null)
        {
            return null;
        }
    }

    /// <summary>The answer as JSON text; null when only the caller can give it.</summary>
    private async Task<string?> AnswerAsync(ToolActivity call, CancellationToken cancellationToken)
    {
        if (tools.Find(call.Name) is not { } tool)
            return tools.UnknownToolError(call.Name);
        if (!tool.IsAnsweredHere)
            return null;

        var operation = new Operation("op-" + Ids.Short(), "action-" + Ids.Short(), KindOf(tool), call);
        events.Emit("operationBegin", operation.Write);
        var result = tool switch
        {
            { SearchesKnowledge: true } => Search(call),
            { Data: { } data } => data,
            _ => await WaitOnChannelAsync(tool.Channel!, call, cancellationToken),
        };
        events.Emit("operationEnd", operation.Write);
        events.InputUsedUp();
        return result;
    }

    private static string KindOf(EngineFunction tool) =>
        tool.SearchesKnowledge ? "dataset" : tool.IsOfRequest ? ToolActivity.RequestKind : "skillset";

    private string Search(ToolActivity call)
    {
        using var arguments = JsonDocument.Parse(call.Arguments, JsonRules.Stored);
        var question = arguments.RootElement.TryGetProperty("search", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
        var id = "search-" + Ids.Short();
        events.Emit("datasetSearchBegin", json =>
        {
            json.WriteString("id"u8, id);
            json.WriteString("search"u8, question);
        });
        var found = search.Search(input.Knowledge, question, SearchPassages);
        events.Emit("datasetSearchEnd", json =>
        {
            json.WriteString("id"u8, id);
            json.WriteString("search"u8, question);
            json.WriteStartArray("records"u8);
            foreach (var passage in found)
                WritePassage(json, passage);
            json.WriteEndArray();
        });
        return JsonText(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("records"u8);
            foreach (var passage in found)
                WritePassage(json, passage);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WritePassage(Utf8JsonWriter json, Passage passage)
    {
        json.WriteStartObject();
        json.WriteString("source"u8, passage.Source);
        json.WriteString("text"u8, passage.Text);
        json.WriteEndObject();
    }

    /// <summary>
    /// Waits for the caller's answer. Two calls that name the same channel take turns, since a message on a channel does
    /// not say which of them it answers.
    /// </summary>
    private async Task<string> WaitOnChannelAsync(string channel, ToolActivity call, CancellationToken cancellationToken)
    {
        var turns = LazyInitializer.EnsureInitialized(ref _channelTurns, static () => new(StringComparer.Ordinal));
        var turn = turns.GetOrAdd(channel, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var subscription = await channels.SubscribeAsync(ChannelLogs.LogId(input.ScopeId, channel), 0, ChannelPing);
            events.Emit("waitForChannelMessageBegin", json => WriteWait(json, channel, call, null));
            events.InputUsedUp();
            var message = await NextMessageAsync(subscription.Reader, cancellationToken);
            events.Emit("waitForChannelMessageEnd", json => WriteWait(json, channel, call, message ?? TimedOut));
            return message is null ? TimedOut : ResultOf(message);
        }
        finally
        {
            turn.Release();
        }
    }

    private const string TimedOut = """{"error":"No answer came on the channel within five minutes."}""";

    private async Task<string?> NextMessageAsync(LogReader channel, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            switch (await channel.ReadAsync(cancellationToken))
            {
                case LogRead.Lines:
                    var lines = channel.Current.Lines.Span;
                    return Encoding.UTF8.GetString(lines[..lines.IndexOf((byte)'\n')]);
                case LogRead.Heartbeat when clock.GetElapsedTime(start) < ChannelTimeout:
                    events.Emit("ping");
                    events.InputUsedUp();
                    break;
                default:
                    return null;
            }
        }
    }

    private static void WriteWait(Utf8JsonWriter json, string channel, ToolActivity call, string? message)
    {
        json.WriteString("channel"u8, channel);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, call.Name);
        json.WritePropertyName("args"u8);
        json.WriteRawValue(call.Arguments);
        json.WriteEndObject();
        if (message is null)
            return;
        json.WritePropertyName("message"u8);
        json.WriteRawValue(message);
    }

    /// <summary>What a published object means: an end of the run, a failure, a result, or itself the result.</summary>
    private static string ResultOf(string message)
    {
        using var document = JsonDocument.Parse(message, JsonRules.Stored);
        var root = document.RootElement;
        if (root.TryGetProperty("abort", out var abort) && IsTruthy(abort))
            throw new RunAbortedException("channel");
        if (root.TryGetProperty("error", out var error))
            return JsonText(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("error"u8);
                error.WriteTo(json);
                json.WriteEndObject();
            });
        return root.TryGetProperty("result", out var result) ? result.GetRawText() : message;
    }

    private static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => true,
    };

    /// <summary>
    /// The arguments on one line, as a line of a log needs them; null when they are no JSON object, as a model may write.
    /// </summary>
    private static string? ReadArguments(string arguments)
    {
        if (!JsonRules.IsUsableObject(arguments))
            return null;
        if (!arguments.AsSpan().ContainsAny('\n', '\r'))
            return arguments;
        using var document = JsonDocument.Parse(arguments, JsonRules.Stored);
        return JsonText(document.RootElement.WriteTo);
    }

    private static string JsonText(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private sealed record Operation(string Id, string ActionId, string Kind, ToolActivity Call)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteString("id"u8, Id);
            json.WriteStartObject("action"u8);
            json.WriteString("id"u8, ActionId);
            json.WriteString("kind"u8, Kind);
            json.WriteString("name"u8, Call.Name);
            json.WritePropertyName("input"u8);
            json.WriteRawValue(Call.Arguments);
            json.WriteEndObject();
        }
    }
}
