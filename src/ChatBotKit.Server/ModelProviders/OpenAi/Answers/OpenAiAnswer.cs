namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Assembles what the stream spreads over many chunks: tool calls, usage and the finish reason.</summary>
internal sealed class OpenAiAnswer(OfferedTools tools)
{
    private readonly List<PartialToolCall> _calls = [];
    private OpenAiEnd _end;
    private ModelUsage? _usage;
    private bool _isDone;

    /// <summary>Whether the stream has contained a part of an answer.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the answer is complete even if the connection breaks now.</summary>
    public bool IsFinished => _end is not (OpenAiEnd.None or OpenAiEnd.Unknown or OpenAiEnd.Failed) || _isDone;

    /// <summary>Whether the answer is complete if the stream ends here without an error.</summary>
    public bool MayEndHere => IsFinished || _end == OpenAiEnd.Unknown;

    /// <summary>Whether the finish reason says that the answer failed.</summary>
    public bool HasFailed => _end == OpenAiEnd.Failed;

    /// <summary>The memory that the calls take, in characters.</summary>
    public long CallCharacters
    {
        get
        {
            var characters = 0L;
            foreach (var call in _calls)
                characters += call.Characters;
            return characters;
        }
    }

    public void Add(in OpenAiChunk chunk)
    {
        HasBegun = true;
        _isDone |= chunk.IsDone;
        if (chunk.End != OpenAiEnd.None)
            _end = chunk.End;
        _usage = chunk.Usage ?? _usage;
        if (chunk.ToolCalls is null)
            return;
        if (chunk.IsWhole)
            _calls.Clear();
        foreach (var fragment in chunk.ToolCalls)
            Add(fragment);
    }

    /// <summary>Adds the events that are known only at the end of the answer.</summary>
    /// <param name="events">The list to add to.</param>
    /// <param name="reader">The reader with the fields to send back with the calls.</param>
    /// <exception cref="FormatException">A tool call has no name.</exception>
    public void Complete(List<ModelEvent> events, OpenAiChunkReader reader)
    {
        // At the token limit, the last call may be cut inside its arguments, so no call counts.
        var calls = _end is OpenAiEnd.Length ? [] : Calls();
        foreach (var call in calls)
            events.Add(ModelEvent.OfToolCall(call));
        if (calls.Count > 0)
            events.Add(ModelEvent.OfFields(reader.Fields));
        if (_usage is not null)
            events.Add(ModelEvent.OfUsage(_usage.InputTokens, _usage.OutputTokens));
        // Some providers send "stop" with calls, or "tool_calls" without any. So the calls themselves decide.
        events.Add(ModelEvent.OfEnd(_end switch
        {
            OpenAiEnd.Length => ModelEndReason.Length,
            _ when calls.Count > 0 => ModelEndReason.ToolCalls,
            OpenAiEnd.Filtered => ModelEndReason.Filtered,
            _ => ModelEndReason.Stop,
        }));
    }

    private List<ModelToolCall> Calls()
    {
        if (_calls.Count == 0)
            return [];
        var calls = new List<ModelToolCall>(_calls.Count);
        foreach (var call in _calls.Where(call => !call.IsEmpty).OrderBy(call => call.Index))
            calls.Add(call.ToToolCall(id => calls.Exists(one => one.Id == id)));
        return calls;
    }

    private void Add(in ToolCallFragment fragment)
    {
        if (Find(fragment) is not { } call)
            _calls.Add(call = new PartialToolCall(fragment.Index ?? (_calls.Count == 0 ? 0 : _calls[^1].Index + 1), tools));
        call.Add(fragment);
    }

    /// <summary>Finds the call that a fragment continues; null when it begins a new one.</summary>
    private PartialToolCall? Find(in ToolCallFragment fragment)
    {
        PartialToolCall? sameId = null, sameIndex = null;
        foreach (var call in _calls)
        {
            if (call.HasId(fragment.Id) && (fragment.Index is null || fragment.Index == call.Index || string.IsNullOrEmpty(fragment.Name)))
                sameId = call;
            if (fragment.Index == call.Index)
                sameIndex = call;
        }

        var found = sameId ?? sameIndex;
        if (found is null && fragment.Index is null && _calls.Count > 0)
        {
            // Without an index, a named fragment after another call in the same event is a call of its own.
            if (fragment.IsNext && !string.IsNullOrEmpty(fragment.Name))
                return null;
            found = _calls[^1];
        }

        return found is null || found.EndsBefore(fragment) ? null : found;
    }
}
