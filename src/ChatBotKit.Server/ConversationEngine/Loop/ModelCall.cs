using System.Diagnostics;
using System.Text;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The result of one call of the model, or the part before an interruption.</summary>
/// <param name="model">The model.</param>
/// <param name="maxCharacters">The maximum length of an answer.</param>
/// <param name="before">The length of the part of the answer that earlier calls gave and that this one continues.</param>
internal sealed class ModelCall(ResolvedModel model, int maxCharacters, int before)
{
    private StringBuilder _text = new();
    private StringBuilder? _reasoning;
    private long _callCharacters;
    private ModelFields? _fields;

    /// <summary>The text, after the call has ended.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The reasoning, after the call has ended.</summary>
    public string Reasoning { get; private set; } = "";

    public List<ModelToolCall> ToolCalls { get; } = [];

    public ModelEndReason EndReason { get; private set; }

    /// <summary>Calls the model, and reports its answer while it is streamed.</summary>
    /// <exception cref="ModelProviderException">The provider failed. The part before the failure is kept.</exception>
    public async Task RunAsync(ModelRequest request, RunEvents events, UsageCounter usage, CancellationToken cancellationToken)
    {
        using var telemetry = EngineTelemetry.StartModelCall(model.Provider.Name, request.Model.Name);
        ModelUsage? counted = null;
        await using var said = model.Provider.StreamAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                var next = said.MoveNextAsync();
                if (!next.IsCompleted)
                    events.InputUsedUp();
                if (!await next)
                    break;
                counted = Take(said.Current, events, usage, telemetry) ?? counted;
                var room = events.Log.WaitForRoomAsync(cancellationToken);
                if (!room.IsCompletedSuccessfully)
                    await room;
            }

            AddGiven();
        }
        catch (Exception exception)
        {
            telemetry.Failed(exception);
            throw;
        }
        finally
        {
            // Each is copied once, because an answer may be long. Clearing a builder would keep or allocate an array of its size.
            (Text, Reasoning) = (_text.ToString(), _reasoning?.ToString() ?? "");
            (_text, _reasoning) = (new StringBuilder(), null);
            counted ??= Estimated(request);
            usage.Add(counted.InputTokens, counted.OutputTokens);
            telemetry.Used(counted);
        }
    }

    private ModelUsage? Take(in ModelEvent said, RunEvents events, UsageCounter usage, ModelCallTelemetry telemetry)
    {
        switch (said.Kind)
        {
            case ModelEventKind.Text:
                telemetry.FirstToken();
                usage.Spoke();
                Limit(before + (long)_text.Length + said.Text.Length);
                _text.Append(said.Text);
                events.Token(said.Text);
                events.PieceAdded();
                return null;
            case ModelEventKind.Reasoning:
                telemetry.FirstToken();
                usage.Spoke();
                _reasoning ??= new StringBuilder();
                Limit(_reasoning.Length + (long)said.Text.Length);
                _reasoning.Append(said.Text);
                events.ReasoningToken(said.Text);
                events.PieceAdded();
                return null;
            case ModelEventKind.ToolCall:
                Limit(_callCharacters += said.ToolCall!.Arguments.Length + (said.ToolCall.Fields?.Length ?? 0));
                ToolCalls.Add(said.ToolCall);
                return null;
            case ModelEventKind.Fields:
                _fields = said.Fields;
                return null;
            case ModelEventKind.Usage:
                return said.Usage;
            case ModelEventKind.End:
                EndReason = said.EndReason;
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private void Limit(long characters)
    {
        if (characters > maxCharacters)
            throw AnswerLimit.Exceeded(model.Provider.Name, maxCharacters);
    }

    /// <summary>Adds the provider's fields to the calls, so that they are stored with them.</summary>
    private void AddGiven()
    {
        if (ToolCalls.Count == 0)
            return;
        var message = GivenFields.OfMessage(_fields, _reasoning?.ToString() ?? "");
        for (var i = 0; i < ToolCalls.Count; i++, message = null)
        {
            if (message is not null || ToolCalls[i].Fields is not null)
                ToolCalls[i] = ToolCalls[i] with { Given = new GivenFields(model.Provider.Name, model.Model.Name, message, ToolCalls[i].Fields) };
        }
    }

    private ModelUsage Estimated(ModelRequest request)
    {
        var input = 0L;
        foreach (var message in request.Messages)
            input += UsageCounter.Estimate(message.Text);
        return new ModelUsage(input, UsageCounter.Estimate(Text) + UsageCounter.Estimate(Reasoning));
    }
}
