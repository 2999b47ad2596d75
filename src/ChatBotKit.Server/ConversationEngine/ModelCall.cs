using System.Diagnostics;
using System.Text;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>What one call of the model gave; also when it was cut, with what came before the cut.</summary>
internal sealed class ModelCall
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    public List<ModelToolCall> ToolCalls { get; } = [];

    public ModelEndReason EndReason { get; private set; }

    /// <summary>Asks the model and reports what it says while it says it.</summary>
    /// <exception cref="ModelProviderException">The provider failed; what came before stays here.</exception>
    public async Task RunAsync(
        IModelProvider provider, ModelRequest request, RunEvents events, UsageCounter usage, CancellationToken cancellationToken)
    {
        using var telemetry = EngineTelemetry.StartModelCall(provider.Name, request.Model.Name);
        ModelUsage? counted = null;
        await using var said = provider.StreamAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                var next = said.MoveNextAsync();
                if (!next.IsCompleted)
                    events.InputUsedUp();
                if (!await next)
                    break;
                counted = Take(said.Current, events, telemetry) ?? counted;
                var room = events.Log.WaitForRoomAsync(cancellationToken);
                if (!room.IsCompletedSuccessfully)
                    await room;
            }
        }
        catch (Exception exception)
        {
            telemetry.Failed(exception);
            throw;
        }
        finally
        {
            counted ??= Estimated(request);
            usage.Add(counted.InputTokens, counted.OutputTokens);
            telemetry.Used(counted);
        }
    }

    private ModelUsage? Take(in ModelEvent said, RunEvents events, ModelCallTelemetry telemetry)
    {
        switch (said.Kind)
        {
            case ModelEventKind.Text:
                telemetry.FirstToken();
                _text.Append(said.Text);
                events.Token(said.Text);
                events.PieceAdded();
                return null;
            case ModelEventKind.Reasoning:
                telemetry.FirstToken();
                _reasoning.Append(said.Text);
                events.ReasoningToken(said.Text);
                events.PieceAdded();
                return null;
            case ModelEventKind.ToolCall:
                ToolCalls.Add(said.ToolCall!);
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

    private ModelUsage Estimated(ModelRequest request)
    {
        var input = 0L;
        foreach (var message in request.Messages)
            input += UsageCounter.Estimate(message.Text);
        return new ModelUsage(input, UsageCounter.Estimate(Text) + UsageCounter.Estimate(Reasoning));
    }
}
