using System.Text;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Puts together what the stream spreads over many chunks: tool calls, usage and the reason of the end.</summary>
internal sealed class OpenAiAnswer
{
    private readonly SortedDictionary<int, PartialCall> _calls = [];
    private ModelEndReason? _finishReason;
    private ModelUsage? _usage;
    private int _lastIndex = -1;
    private bool _isDone;

    /// <summary>Something came that looks like a part of an answer.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The model has said everything, even if the connection breaks now.</summary>
    public bool IsFinished => _finishReason is not null || _isDone;

    public void Add(in OpenAiChunk chunk)
    {
        HasBegun = true;
        _isDone |= chunk.IsDone;
        _finishReason = chunk.FinishReason ?? _finishReason;
        _usage = chunk.Usage ?? _usage;
        if (chunk.ToolCalls is null)
            return;
        foreach (var fragment in chunk.ToolCalls)
            Add(fragment);
    }

    /// <summary>The events that only the end can tell.</summary>
    /// <exception cref="FormatException">A tool call has no name.</exception>
    public IEnumerable<ModelEvent> Complete()
    {
        // An answer that was cut at the token limit may have been cut inside the arguments of a call.
        var isCut = _finishReason == ModelEndReason.Length;
        if (!isCut)
        {
            foreach (var call in _calls.Values)
                yield return ModelEvent.OfToolCall(call.ToToolCall());
        }

        if (_usage is not null)
            yield return ModelEvent.OfUsage(_usage.InputTokens, _usage.OutputTokens);
        // Some providers say "stop" although they call tools, or the reverse: the calls themselves are what counts.
        yield return ModelEvent.OfEnd(
            isCut ? ModelEndReason.Length : _calls.Count > 0 ? ModelEndReason.ToolCalls : ModelEndReason.Stop);
    }

    private void Add(ToolCallFragment fragment)
    {
        // Without a number, an id starts a call and anything else goes on with the last one.
        var index = fragment.Index ?? (fragment.Id is { Length: > 0 } || _lastIndex < 0 ? _lastIndex + 1 : _lastIndex);
        _lastIndex = index;
        if (!_calls.TryGetValue(index, out var call))
            _calls.Add(index, call = new PartialCall());
        call.Add(fragment);
    }

    private sealed class PartialCall
    {
        private readonly StringBuilder _arguments = new();
        private string? _id;
        private string? _name;

        public void Add(ToolCallFragment fragment)
        {
            // The first one counts, because some providers repeat id and name in each fragment.
            if (string.IsNullOrEmpty(_id))
                _id = fragment.Id;
            if (string.IsNullOrEmpty(_name))
                _name = fragment.Name;
            _arguments.Append(fragment.Arguments);
        }

        public ModelToolCall ToToolCall()
        {
            if (string.IsNullOrEmpty(_name))
                throw new FormatException("A tool call has no name.");
            var id = string.IsNullOrEmpty(_id) ? $"call_{Guid.NewGuid():n}" : _id;
            var arguments = _arguments.ToString();
            return new ModelToolCall(id, _name, string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments);
        }
    }
}
