using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Executes the tool calls of a run concurrently, and reports them.</summary>
internal sealed class ToolRunner(
    RunInput input, ToolSet tools, FunctionScope scope, RunEvents events, RunKnowledge knowledge, ChannelLogs channels, TimeProvider clock)
{
    /// <summary>The result of a call with invalid arguments. The function is not called, and the model can try again.</summary>
    private const string BadArguments = """{"error":"the arguments are not a JSON object that can be used"}""";

    private readonly ChannelCalls _channels = new(channels, events, input.ScopeId, clock);
    private volatile RunAbortedException? _aborted;
    private int _calls;

    /// <summary>Executes the calls of one answer of the model concurrently.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="transcript">The transcript, to which requests and results are added.</param>
    /// <param name="cancellationToken">The token that cancels the calls.</param>
    /// <returns>False when only the caller can answer one of the calls.</returns>
    /// <exception cref="RunAbortedException">A message on a channel requested to abort the run.</exception>
    public async Task<bool> RunAsync(
        IReadOnlyList<ModelToolCall> calls, List<TranscriptMessage> transcript, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = new List<(ToolActivity Request, Task<string?> Result)>(calls.Count);
        foreach (var call in calls)
        {
            var arguments = ReadArguments(call.Arguments);
            var request = Request(call, arguments, transcript, isAsked: true);
            var number = ++_calls;
            var result = arguments is null
                ? Task.FromResult<string?>(BadArguments)
                : AnswerOrStopAllAsync(request, number, stop);
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

    /// <summary>Answers every call with the same result, without executing it.</summary>
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
        // The run also answers calls that are refused, and calls of unknown functions.
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

    /// <summary>Executes a call. If it requests to abort the run, the other calls are cancelled too.</summary>
    private async Task<string?> AnswerOrStopAllAsync(ToolActivity call, int number, CancellationTokenSource stop)
    {
        try
        {
            return await AnswerAsync(call, number, stop.Token);
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

    /// <summary>Returns the result as JSON text; null when only the caller can give it.</summary>
    private async Task<string?> AnswerAsync(ToolActivity call, int number, CancellationToken cancellationToken)
    {
        if (tools.Find(call.Name) is not { } tool)
            return tools.UnknownToolError(call.Name);
        if (!tool.IsAnsweredHere)
            return null;

        var operation = new Operation("op-" + Ids.Short(), "action-" + Ids.Short(), KindOf(tool), call);
        events.Emit("operationBegin", operation.Write);
        var result = tool switch
        {
            { SearchesKnowledge: true } => await knowledge.AnswerAsync(call, cancellationToken),
            { Data: { } data } => data,
            ServedFunction { Runner: { } runner } => await runner.RunAsync(new EngineCall(scope, number, call.Arguments), cancellationToken),
            _ => await _channels.AnswerAsync(tool.Channel!, call, cancellationToken),
        };
        events.Emit("operationEnd", operation.Write);
        events.InputUsedUp();
        return result;
    }

    private static string KindOf(EngineFunction tool) =>
        tool.SearchesKnowledge ? "dataset" : tool.IsOfRequest ? ToolActivity.RequestKind : "skillset";

    /// <summary>
    /// Returns the arguments as JSON on one line, as the lines of a log require; null when the model did not write a JSON object.
    /// </summary>
    private static string? ReadArguments(string arguments)
    {
        if (!JsonRules.IsUsableObject(arguments))
            return null;
        if (!arguments.AsSpan().ContainsAny('\n', '\r'))
            return arguments;
        using var document = JsonDocument.Parse(arguments, JsonRules.Stored);
        return ToolJson.Text(document.RootElement.WriteTo);
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
