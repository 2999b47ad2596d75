using ChatBotKit.Server.ModelProviders.Answers;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.ChatClients;

/// <summary>
/// Assembles an answer from the updates of a chat client: split characters, calls, fields to send back, and the finish reason.
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

    /// <summary>Returns the events that are known only at the end of the answer, up to the usage.</summary>
    public IEnumerable<ModelEvent> Rest()
    {
        if (_reasoning.End() is { Length: > 0 } reasoning)
            yield return ModelEvent.OfReasoning(reasoning);
        if (_text.End() is { Length: > 0 } text)
            yield return ModelEvent.OfText(text);
        // At the token limit, the last call may be cut inside its arguments, so no call counts.
        if (_finishReason == ChatFinishReason.Length || _calls.Count == 0)
            yield break;
        foreach (var call in _calls)
            yield return ModelEvent.OfToolCall(call);
        yield return ModelEvent.OfFields(ChatClientFields.OfMessage(_protected));
    }
}

/// <summary>A piece of reasoning that only its provider can read or verify.</summary>
/// <param name="End">The end of the piece within the whole reasoning, in characters.</param>
/// <param name="Data">The protected data to send back to the provider.</param>
internal sealed record ProtectedThought(int End, string Data);
