using System.Text.Json;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Executes one run: calls the model, answers its tool calls and calls it again, until there is an answer or a limit is reached. It
/// writes to the log and does not know any connection.
/// </summary>
internal sealed class RunLoop(
    RunInput input, Persona persona, ResolvedModel model, List<TranscriptMessage> transcript,
    RunEvents events, UsageCounter usage, ToolSet tools, ToolRunner toolRunner, RunKnowledge knowledge, PromptBuilder prompts, int maxAnswerCharacters,
    RunPrivacy? privacy = null)
{
    private const string TooManyCalls = """{"error":"too many calls"}""";
    private const string Continue = "Go on exactly where you stopped. Repeat nothing.";

    private readonly string _instance = "in-" + Ids.Short();
    private readonly CircleGuard _circles = new();
    private readonly UnaskedCalls _unasked = new(tools, toolRunner, transcript);
    private string _iteration = "";
    private ModelCall? _current;
    private string _answer = "";
    private int _callsMade;
    private int _continued;

    /// <summary>The text of the bot's last message in the run. Reasoning does not count.</summary>
    public string LastText { get; private set; } = "";

    /// <summary>The id of that message; null when it is not stored.</summary>
    public string? LastMessageId { get; private set; }

    /// <summary>The failure of the model's provider; null when there was none.</summary>
    public ModelProviderException? Failure { get; private set; }

    /// <summary>Executes the run to its end. Failures of the model become events, not exceptions.</summary>
    /// <returns>The reason of the end: one of <see cref="EndReasons"/>.</returns>
    public async Task<string> RunAsync(RunAbort abort)
    {
        try
        {
            return await IterateAsync(abort.Token);
        }
        catch (ModelProviderException failure)
        {
            Failure = failure;
            KeepPartialAnswer();
            events.Emit("error", json => RunFault.Write(json, failure));
            return EndReasons.Error;
        }
        catch (RunAbortedException aborted)
        {
            return Aborted(aborted.Reason);
        }
        catch (OperationCanceledException) when (abort.Token.IsCancellationRequested)
        {
            return Aborted(abort.Reason);
        }
    }

    private async Task<string> IterateAsync(CancellationToken abort)
    {
        if (!await _unasked.MakeAsync(static tool => tool.CallAtStart, abort))
            return EndReasons.Activity;

        await knowledge.SearchAsync(transcript, abort);
        for (var iteration = 0; iteration < input.Bounds.Iterations; iteration++)
        {
            // The run may have been aborted while it waited for its turn, or while its tools were running.
            abort.ThrowIfCancellationRequested();
            var call = await AskAsync(iteration, abort);
            if (call.ToolCalls.Count == 0)
                return await _unasked.MakeAsync(static tool => tool.CallAtEnd, abort)
                    ? call.EndReason == ModelEndReason.Length ? EndReasons.Length : EndReasons.Stop
                    : EndReasons.Activity;

            if (ReasonToStop(call) is { } reason)
                return reason;
            _callsMade += call.ToolCalls.Count;
            if (!await toolRunner.RunAsync(call.ToolCalls, transcript, abort))
            {
                LastText = "";
                return EndReasons.Activity;
            }
        }
        return EndReasons.Iteration;
    }

    /// <summary>
    /// Gets one answer of the model. It takes several calls when the model reaches its output limit or gives an empty answer.
    /// </summary>
    private async Task<ModelCall> AskAsync(int iteration, CancellationToken abort)
    {
        _iteration = "it-" + Ids.Short();
        _answer = "";
        events.Emit("completeBegin", WriteIteration);
        ModelCall call;
        for (var asked = 1; ; asked++)
        {
            call = _current = new ModelCall(model, maxAnswerCharacters, _answer.Length);
            await call.RunAsync(Request(iteration), events, usage, abort);
            _answer += call.Text;
            _current = null;
            Keep(TranscriptMessage.Reasoning, call.Reasoning);
            if (call.ToolCalls.Count > 0)
                break;
            if (call.EndReason == ModelEndReason.Length && call.Text.Length > 0 && ++_continued <= input.Bounds.Continuations)
                continue;
            if (_answer.Length > 0 || !EmptyAnswer.IsAskedAgain(call, asked))
                break;
        }
        if (_answer.Length == 0 && call.ToolCalls.Count == 0)
            Keep(TranscriptMessage.Bot, EmptyAnswer.WordsFor(call), EmptyAnswer.MetaFor(call));
        Keep(TranscriptMessage.Bot, _answer);
        _answer = "";
        events.Emit("completeEnd", WriteIteration);
        return call;
    }

    private ModelRequest Request(int iteration)
    {
        var messages = prompts.Build(transcript, persona, input, knowledge, model);
        if (_answer.Length > 0)
            messages = [.. messages, new ModelMessage(ModelRole.Assistant, _answer), new ModelMessage(ModelRole.User, Continue)];
        return new ModelRequest
        {
            Model = model.Model,
            Messages = messages,
            Tools = tools.Definitions,
            ForcedTool = iteration == 0 ? tools.Forced(model.Model.ForceFunction, input.Functions) : null,
            Answer = input.Answer.At(iteration),
            Knowledge = prompts.Quotable(transcript, persona, input, knowledge),
        };
    }

    /// <summary>Returns the reason to end the run here because of a limit or of repeated calls; null to go on.</summary>
    private string? ReasonToStop(ModelCall call)
    {
        var goesInCircles = _circles.IsRepeated(call.ToolCalls);
        if (_callsMade + call.ToolCalls.Count > input.Bounds.Calls)
        {
            toolRunner.Refuse(call.ToolCalls, TooManyCalls, transcript);
            Keep(TranscriptMessage.Bot, "The limit of function calls for this run is reached.", """{"callLimitReached":true}""");
            return EndReasons.Activity;
        }
        if (!goesInCircles)
            return null;
        toolRunner.Refuse(call.ToolCalls, """{"error":"this was called with the same arguments before"}""", transcript);
        Keep(TranscriptMessage.Bot, "The model kept repeating the same function calls, so the run was stopped.",
            """{"cycleDetected":{"kind":"identicalCycles"}}""");
        return EndReasons.Stop;
    }

    private string Aborted(string reason)
    {
        KeepPartialAnswer();
        events.Emit("abort", json =>
        {
            WriteIteration(json);
            json.WriteString("reason"u8, reason);
        });
        return EndReasons.Abort;
    }

    private void KeepPartialAnswer()
    {
        if (_current is { } cut)
        {
            Keep(TranscriptMessage.Reasoning, cut.Reasoning);
            _answer += cut.Text;
            _current = null;
        }
        Keep(TranscriptMessage.Bot, _answer);
        _answer = "";
    }

    private void Keep(string type, string text, string? meta = null)
    {
        if (text.Length == 0)
            return;
        if (type == TranscriptMessage.Bot)
            meta ??= knowledge.MessageMeta;
        var entities = type == TranscriptMessage.Bot ? privacy?.Mark(text) : null;
        var messageId = events.Message(type, text, meta, entities: entities);
        if (type == TranscriptMessage.Bot)
            (LastMessageId, LastText) = (messageId, text);
        transcript.Add(new TranscriptMessage(type, text, null));
    }

    private void WriteIteration(Utf8JsonWriter json)
    {
        json.WriteString("instance"u8, _instance);
        json.WriteString("iteration"u8, _iteration);
    }
}
