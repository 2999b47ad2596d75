using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Features;

/// <summary>Rules for host names and their labels.</summary>
internal static partial class HostNames
{
    public const int MaxLength = 253;

    private const string LabelPattern = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /// <summary>Returns the trimmed name in lower case; null when it is empty.</summary>
    public static string? Normalize(JsonNode? name) =>
        ((string?)name)?.Trim().ToLowerInvariant() is { Length: > 0 } text ? text : null;

    public static string? FirstLabel(JsonNode? name) => ((string?)name)?.Split('.')[0];

    public static bool IsHost(string? name) => name is not null && name.Length <= MaxLength && Host().IsMatch(name);

    public static bool IsLabel(string? name) => name is not null && Label().IsMatch(name);

    [GeneratedRegex($@"\A{LabelPattern}(?:\.{LabelPattern})*\z")]
    private static partial Regex Host();

    [GeneratedRegex($@"\A{LabelPattern}\z")]
    private static partial Regex Label();
}
