namespace ChatBotKit;

/// <summary>The idle timeout of a stream, and the clock that measures it.</summary>
internal readonly record struct IdleWatch(TimeSpan Limit, TimeProvider Clock)
{
    public bool IsOff => Limit == Timeout.InfiniteTimeSpan;
}
