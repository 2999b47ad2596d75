using System.Text.RegularExpressions;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>
/// Parses media types with names as RFC 6838 defines them, such as <c>image/png</c>, but not <c>image/</c> or <c>image/*</c>.
/// </summary>
internal static partial class MediaTypes
{
    /// <summary>The maximum length of a media type without parameters.</summary>
    public const int MaxLength = 127;

    /// <summary>Parses a media type.</summary>
    /// <param name="text">The media type. Parameters after it are ignored.</param>
    /// <param name="type">The media type without parameters, in lower case; null when none is given.</param>
    /// <returns>False when the text is not a media type.</returns>
    public static bool TryRead(string? text, out string? type)
    {
        type = text?.Split(';', 2)[0].Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(type))
            type = null;
        return type is null || (type.Length <= MaxLength && Name().IsMatch(type));
    }

    /// <summary>Adds a fault for a text that is not a media type.</summary>
    /// <param name="faults">The faults of the request, to which this method adds.</param>
    /// <param name="text">The text; null or empty for none.</param>
    /// <param name="place">The place of the text in the request, for the message.</param>
    public static void CheckMediaType(this Faults faults, string? text, string place)
    {
        if (!TryRead(text, out _))
            faults.Add(Fault(place));
    }

    /// <summary>Throws for a text that is not a media type.</summary>
    /// <exception cref="ApiException">400: the text is not a media type; the message names the place.</exception>
    public static void Require(string? text, string place)
    {
        if (!TryRead(text, out _))
            throw ApiException.BadRequest(Fault(place));
    }

    private static string Fault(string place) => $"{place} must be a media type such as image/png";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*\z")]
    private static partial Regex Name();
}
