using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Detects a model that repeats the same calls.</summary>
internal sealed class CircleGuard
{
    private const int MaxIdenticalRounds = 2;

    private string? _previous;
    private int _identical;

    /// <summary>Whether the calls repeat those of the previous rounds more often than allowed.</summary>
    public bool IsRepeated(IReadOnlyList<ModelToolCall> calls)
    {
        var round = string.Join('\n', calls.Select(one => one.Name + one.Arguments));
        _identical = round == _previous ? _identical + 1 : 0;
        _previous = round;
        return _identical >= MaxIdenticalRounds;
    }
}
