using System.Text.RegularExpressions;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>Reads media types as RFC 6838 defines their names: <c>image/png</c>, and neither <c>image/</c> nor <c>image/*</c>.</summary>
internal static partial class MediaTypes
{
    /// <summary>The longest media type without its parameters.</summary>
    public const int MaxLength = 127;

    /// <summary>Reads a media type.</summary>
    /// <param name="text">The media type, maybe with parameters behind it, which are not looked at.</param>
    /// <param name="type">The media type alone, in lower case; null when none is given.</param>
    /// <returns>False for a text that is no media type.</returns>
    public static bool TryRead(string? text, out string? type)
    {
        type = text?.Split(';', 2)[0].Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(type))
            type = null;
        return type is null || (type.Length <= MaxLength && Name().IsMatch(type));
    }

    /// <summary>Adds a fault for a text that is no media type.</summary>
    /// <param name="faults">Takes the fault.</param>
    /// <param name="text">The text; null or empty for none.</param>
    /// <param name="place">Where it stands, as the caller is told.</param>
    public static void CheckMediaType(this Faults faults, string? text, string place)
    {
        if (!TryRead(text, out _))
            faults.Add(Fault(place));
    }

    /// <summary>Refuses a text that is no media type.</summary>
    /// <exception cref="ApiException">400, naming the place.</exception>
    public static void Require(string? text, string place)
    {
        if (!TryRead(text, out _))
            throw ApiException.BadRequest(Fault(place));
    }

    private static string Fault(string place) => $"{place} must be a media type such as image/png";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*\z")]
    private static partial Regex Name();
}
