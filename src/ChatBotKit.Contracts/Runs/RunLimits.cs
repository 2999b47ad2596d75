namespace ChatBotKit;

/// <summary>The limits of one run. Each is at least 1; null uses the default of the server.</summary>
public sealed record RunLimits
{
    /// <summary>Gets how many times the model may be called, including the calls after functions. Default: 1000.</summary>
    public int? Iterations { get; init; }

    /// <summary>
    /// Gets how many times the model is asked to continue after it has reached its output limit, at most 20. Default: 5.
    /// </summary>
    public int? Continuations { get; init; }

    /// <summary>Gets how many functions may be called in total. Default: 1000.</summary>
    public int? Calls { get; init; }
}
