using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Resources;

/// <summary>A rating from -100 to 100 without 0, and its reason.</summary>
internal sealed record Vote(int Value, string? Reason)
{
    private const int Strongest = 100;

    /// <exception cref="ApiException">400: the value is outside 1 to 100, or the reason is too long.</exception>
    public static Vote Up(UpvoteRequest request) => Checked(request.Value, request.Reason, 1, Strongest, Strongest);

    /// <exception cref="ApiException">400: the value is outside -100 to -1, or the reason is too long.</exception>
    public static Vote Down(DownvoteRequest request) => Checked(request.Value, request.Reason, -Strongest, -1, -Strongest);

    private static Vote Checked(int? value, string? reason, int min, int max, int fallback)
    {
        var faults = new Faults();
        if (value < min || value > max)
            faults.Add($"\"value\" must be from {min} to {max}");
        faults.CheckText(reason, "reason");
        faults.ThrowIfAny();
        return new Vote(value ?? fallback, reason);
    }
}
