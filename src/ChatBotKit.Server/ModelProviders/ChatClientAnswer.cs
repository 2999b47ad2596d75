using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// Puts together what the updates of a chat client spread: characters that were cut, calls, what goes back with them, and the end.
/// Usage may come in parts, for example input first.
/// </summary>
internal sealed class ChatClientAnswer
{
    private readonly TextJoiner _text = new();
    private readonly TextJoiner _reasoning = new();
    private readonly List<ModelToolCall> _calls = [];
    private readonly List<ProtectedThought> _protected = [];
    private int _thought;
    private ChatFinishReason? _finishReason;

    public UsageDetails? Usage { get; private set; }

    public ModelEndReason Reason =>
        _finishReason == ChatFinishReason.Length ? ModelEndReason.Length
        : _calls.Count > 0 ? ModelEndReason.ToolCalls
        : _finishReason == ChatFinishReason.ContentFilter ? ModelEndReason.Filtered
        : ModelEndReason.Stop;

    public void Add(ChatResponseUpdate update)
    {
        _finishReason = update.FinishReason ?? _finishReason;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
                (Usage ??= new UsageDetails()).Add(usage.Details);
            else if (content is FunctionCallContent call)
                _calls.Add(new ModelToolCall(call.CallId, call.Name, ChatClientRequest.WriteArguments(call.Arguments))
                {
                    Fields = ChatClientFields.OfCall(call),
                });
        }
    }

    public string Say(string? text) => _text.Add(text ?? "");

    public string Think(TextReasoningContent content)
    {
        var text = _reasoning.Add(content.Text ?? "");
        _thought += text.Length;
        if (content.ProtectedData is { Length: > 0 } data)
            _protected.Add(new ProtectedThought(_thought, data));
        return text;
    }

    /// <summary>The events that only the end can tell, up to the usage.</summary>
    public IEnumerable<ModelEvent> Rest()
    {
        if (_reasoning.End() is { Length: > 0 } reasoning)
            yield return ModelEvent.OfReasoning(reasoning);
        if (_text.End() is { Length: > 0 } text)
            yield return ModelEvent.OfText(text);
        // An answer that was cut at the token limit may have been cut inside the arguments of a call.
        if (_finishReason == ChatFinishReason.Length || _calls.Count == 0)
            yield break;
        foreach (var call in _calls)
            yield return ModelEvent.OfToolCall(call);
        yield return ModelEvent.OfFields(ChatClientFields.OfMessage(_protected));
    }
}

/// <summary>A piece of reasoning that only its provider can read, or check.</summary>
/// <param name="End">Where it ends in the whole reasoning, in characters.</param>
/// <param name="Data">What the provider wants back.</param>
internal sealed record ProtectedThought(int End, string Data);
