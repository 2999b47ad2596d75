namespace ChatBotKit.Faults.Upstream;

/// <summary>A fault of the model's endpoint, and its expected outcome for the caller.</summary>
/// <param name="Name">The name, which is also the user's message that causes the fault.</param>
/// <param name="Play">The response of the endpoint.</param>
internal sealed record UpstreamFault(string Name, Func<UpstreamExchange, Task> Play)
{
    /// <summary>The code of the error; null for a run that ends without one.</summary>
    public string? Code { get; init; } = "BAD_GATEWAY";

    /// <summary>The status of a plain JSON answer.</summary>
    public int Status { get; init; } = 502;

    /// <summary>The reason of the run's end.</summary>
    public string EndReason { get; init; } = "error";

    /// <summary>The text of the model before the fault.</summary>
    public string Said { get; init; } = "";

    /// <summary>The part of the message with the remedy.</summary>
    public string Hint { get; init; } = "";

    /// <summary>The minimum and maximum number of seconds in Retry-After; null when there is no such header.</summary>
    public (long Least, long Most)? RetryAfter { get; init; }

    /// <summary>The settings of the server.</summary>
    public UpstreamSetting Setting { get; init; }
}

/// <summary>The settings of a server.</summary>
internal enum UpstreamSetting
{
    /// <summary>The defaults.</summary>
    Default,

    /// <summary>Short limits for silence and for the whole run.</summary>
    Impatient,

    /// <summary>The address of a port on which no program listens.</summary>
    Refused,
}
