namespace ChatBotKit.Faults.Upstream;

/// <summary>Something that goes wrong at the model's endpoint, and what the caller is to see of it.</summary>
/// <param name="Name">Names it; also what the user says to bring it about.</param>
/// <param name="Play">What the endpoint does.</param>
internal sealed record UpstreamFault(string Name, Func<UpstreamExchange, Task> Play)
{
    /// <summary>The error's code; null for a run that ends without one.</summary>
    public string? Code { get; init; } = "BAD_GATEWAY";

    /// <summary>The status of an answer in one piece.</summary>
    public int Status { get; init; } = 502;

    /// <summary>What the run gives as the reason of its end.</summary>
    public string EndReason { get; init; } = "error";

    /// <summary>What the model had said by then.</summary>
    public string Said { get; init; } = "";

    /// <summary>A part of the message that tells what to do.</summary>
    public string Hint { get; init; } = "";

    /// <summary>The least and the most seconds that the caller is asked to wait; null when nobody said for how long.</summary>
    public (long Least, long Most)? RetryAfter { get; init; }

    /// <summary>The server that it happens to.</summary>
    public UpstreamSetting Setting { get; init; }
}

/// <summary>How the server is set up.</summary>
internal enum UpstreamSetting
{
    /// <summary>As it is by default.</summary>
    Default,

    /// <summary>With short limits for silence and for the whole run.</summary>
    Impatient,

    /// <summary>With the address of a port on which nobody listens.</summary>
    Refused,
}
