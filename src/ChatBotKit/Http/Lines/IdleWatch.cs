namespace ChatBotKit;

/// <summary>How long a stream may be silent, and by which clock.</summary>
internal readonly record struct IdleWatch(TimeSpan Limit, TimeProvider Clock)
{
    public bool IsOff => Limit == Timeout.InfiniteTimeSpan;
}
