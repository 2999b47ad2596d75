using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Notices a model that asks for the same calls again and again.</summary>
internal sealed class CircleGuard
{
    private const int MaxIdenticalRounds = 2;

    private string? _previous;
    private int _identical;

    /// <summary>Whether the calls are those of the rounds before, more often than is allowed.</summary>
    public bool IsRepeated(IReadOnlyList<ModelToolCall> calls)
    {
        var round = string.Join('\n', calls.Select(one => one.Name + one.Arguments));
        _identical = round == _previous ? _identical + 1 : 0;
        _previous = round;
        return _identical >= MaxIdenticalRounds;
    }
}
