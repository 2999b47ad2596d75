using ChatBotKit.Server.Json;
using Microsoft.AspNetCore.StaticFiles;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Determines the names and media types of attachments.</summary>
internal static class FileNames
{
    public const string UnknownType = "application/octet-stream";

    private const int MaxExtensionLength = 10;
    private const int MaxOriginalLength = 255;

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>
    /// The extensions of media types for which the framework's table has none, or first has an unusual one, such as <c>.c</c> for
    /// plain text.
    /// </summary>
    private static readonly Dictionary<string, string> UsualExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text/plain"] = ".txt",
        ["text/html"] = ".html",
        ["application/zip"] = ".zip",
        ["image/jpeg"] = ".jpg",
        ["video/mp4"] = ".mp4",
        [UnknownType] = "",
    };

    private static readonly ILookup<string, string> Extensions = Types.Mappings
        .OrderBy(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal)
        .ToLookup(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the id with an extension: the original one if it is simple, or else one for the media type.</summary>
    public static string NameOf(string id, string? originalName, string contentType)
    {
        var extension = Path.GetExtension(originalName ?? "").ToLowerInvariant();
        var isPlain = extension.Length is > 1 and <= MaxExtensionLength && extension.AsSpan(1).IndexOfAnyExcept(PlainCharacters) < 0;
        return id + (isPlain ? extension : UsualExtensions.GetValueOrDefault(contentType) ?? Extensions[contentType].FirstOrDefault() ?? "");
    }

    /// <summary>Returns the media type without parameters; if none was given, or it is invalid, the one for the name.</summary>
    public static string TypeOf(string? given, string? originalName)
    {
        if (MediaTypes.TryRead(given, out var type) && type is not null)
            return type;
        return originalName is not null && Types.TryGetContentType(originalName, out var known) ? known : UnknownType;
    }

    /// <summary>
    /// Returns the last part of a name that may be a path on the caller's machine. A long name is cut at its start, so that it
    /// keeps the extension.
    /// </summary>
    public static string? OriginalOf(string? given)
    {
        var name = given?.Split('/', '\\')[^1].Trim();
        if (string.IsNullOrEmpty(name))
            return null;
        if (name.Length <= MaxOriginalLength)
            return name;
        var end = name[^MaxOriginalLength..];
        return char.IsLowSurrogate(end[0]) ? end[1..] : end;
    }

    private static readonly System.Buffers.SearchValues<char> PlainCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
