using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Encodings.Web;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>A provider that gets placeholders instead of personal data, and whose answers get the data back.</summary>
/// <param name="provider">The provider.</param>
/// <param name="requests">Replaces the data in requests.</param>
/// <param name="pseudonyms">The placeholders.</param>
internal sealed class PrivateProvider(IModelProvider provider, RequestRedactor requests, Pseudonyms pseudonyms) : IModelProvider
{
    public string Name => provider.Name;

    public IReadOnlyList<ModelDescription> Models => provider.Models;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (text, reasoning) = (new PlaceholderRestorer(pseudonyms), new PlaceholderRestorer(pseudonyms));
        var redacted = requests.Redact(request);
        await using var said = provider.StreamAsync(redacted, cancellationToken).GetAsyncEnumerator(cancellationToken);
        ExceptionDispatchInfo? failure = null;
        ModelEvent? last = null;
        while (last is null)
        {
            try
            {
                if (!await said.MoveNextAsync())
                    break;
            }
            // The part of the answer before a failure is shown, so what is held back must be shown first.
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                break;
            }

            if (said.Current.Kind == ModelEventKind.End)
                last = said.Current;
            else if (Restored(said.Current, text, reasoning) is { } shown)
                yield return shown;
        }

        if (reasoning.End() is { Length: > 0 } thought)
            yield return ModelEvent.OfReasoning(thought);
        if (text.End() is { Length: > 0 } rest)
            yield return ModelEvent.OfText(rest);
        failure?.Throw();
        if (last is { } end)
            yield return end;
    }

    /// <summary>Returns the event with the data; null when all of its text is held back.</summary>
    private ModelEvent? Restored(in ModelEvent said, PlaceholderRestorer text, PlaceholderRestorer reasoning)
    {
        switch (said.Kind)
        {
            case ModelEventKind.Text:
                return text.Add(said.Text) is { Length: > 0 } shown ? ModelEvent.OfText(shown) : null;
            case ModelEventKind.Reasoning:
                return reasoning.Add(said.Text) is { Length: > 0 } thought ? ModelEvent.OfReasoning(thought) : null;
            case ModelEventKind.ToolCall:
                var call = said.ToolCall!;
                return ModelEvent.OfToolCall(call with { Arguments = RestoredJson(call.Arguments)!, Fields = RestoredJson(call.Fields) });
            case ModelEventKind.Fields:
                return ModelEvent.OfFields(said.Fields! with { Json = RestoredJson(said.Fields.Json) });
            default:
                return said;
        }
    }

    private string? RestoredJson(string? json) =>
        json is null ? null : PlaceholderRestorer.Restore(json, pseudonyms, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode);
}
