using ChatBotKit.Server.Json;
using Microsoft.AspNetCore.StaticFiles;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>What a file is called here, and of which type it is.</summary>
internal static class AttachmentNames
{
    public const string UnknownType = "application/octet-stream";

    private const int MaxExtensionLength = 10;
    private const int MaxOriginalLength = 255;

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Where the table of the framework has none, or its first is not the one that people use: <c>.c</c> for plain text.</summary>
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

    /// <summary>The id and an extension: the original one when it is a plain one, else one that fits the type.</summary>
    public static string NameOf(string id, string? originalName, string contentType)
    {
        var extension = Path.GetExtension(originalName ?? "").ToLowerInvariant();
        var isPlain = extension.Length is > 1 and <= MaxExtensionLength && extension.AsSpan(1).IndexOfAnyExcept(PlainCharacters) < 0;
        return id + (isPlain ? extension : UsualExtensions.GetValueOrDefault(contentType) ?? Extensions[contentType].FirstOrDefault() ?? "");
    }

    /// <summary>The type without parameters; where none was given, or what was given is none, the type that the name suggests.</summary>
    public static string TypeOf(string? given, string? originalName)
    {
        if (MediaTypes.TryRead(given, out var type) && type is not null)
            return type;
        return originalName is not null && Types.TryGetContentType(originalName, out var known) ? known : UnknownType;
    }

    /// <summary>The last part of what may be a path on the caller's machine; of a long one the end, which holds the extension.</summary>
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
