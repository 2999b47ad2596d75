using System.Globalization;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The content of an attached file that can be given to a model.</summary>
/// <param name="Name">The original name of the file.</param>
/// <param name="Type">The media type.</param>
/// <param name="Size">The size in bytes.</param>
internal sealed record AttachmentContent(string Name, string Type, long Size)
{
    private const int MaxNameLength = 200;

    public static readonly IReadOnlyDictionary<string, AttachmentContent> None = new Dictionary<string, AttachmentContent>();

    /// <summary>The beginning of the text of a text file or document; null for any other file.</summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="Text"/> is only a part of the file.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the file was read as a document, which takes far longer than a text or picture.</summary>
    public bool IsDocument { get; init; }

    /// <summary>A sentence that says why the file has no text; null for a file that has one, or where the reason is not known.</summary>
    public string? Refusal { get; init; }

    /// <summary>The bytes and media type of a picture that models accept; null for any other file.</summary>
    public (string MediaType, ReadOnlyMemory<byte> Bytes)? Picture { get; init; }

    /// <summary>The description of the file. Its name is sanitized so that it can't end the description.</summary>
    public string Label => string.Create(
        CultureInfo.InvariantCulture, $"[Attached {(Picture is null ? "file" : "picture")} \"{Plain(Name)}\" ({Type}, {SizeInWords}).]");

    /// <summary>The text for the prompt; null for a picture, which is sent itself.</summary>
    public string? Words =>
        Picture is not null ? null
        : Text is null ? $"{Label} Its content can't be shown to you.{(Refusal is null ? "" : $" {Refusal}")}"
        : Text.Length == 0 && !IsCut ? Label + " It is empty."
        : $"{Label} Its text:\n{Text}\n{(IsCut ? "[Only the beginning of the file is shown.]" : "[End of the file.]")}";

    public ModelPicture? ToModel() => Picture is { } picture ? new ModelPicture(Label, picture.MediaType, picture.Bytes) : null;

    /// <summary>Returns a name without line breaks and quotes.</summary>
    public static string Plain(string name)
    {
        var plain = string.Concat(name.Select(character => char.IsControl(character) || character == '"' ? ' ' : character)).Trim();
        return plain.Length <= MaxNameLength ? plain : plain[^MaxNameLength..];
    }

    private string SizeInWords => Size switch
    {
        < 1024 => $"{Size} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{Size / 1024.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Size / (1024.0 * 1024):0.#} MB"),
    };
}

/// <summary>Reads the files that are attached to a conversation.</summary>
internal interface IAttachmentReader
{
    /// <summary>Reads the given files. A file of another conversation, or one that no longer exists, is left out.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="names">The names of the files, newest first. The space in the prompt is given to the first ones.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    Task<IReadOnlyDictionary<string, AttachmentContent>> ReadAsync(
        string conversationId, IReadOnlyList<string> names, CancellationToken cancellationToken);
}
