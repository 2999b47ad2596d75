using System.Globalization;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>An attached file, as far as a model may be given it.</summary>
/// <param name="Name">What it was called.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">How many bytes it has.</param>
internal sealed record AttachmentContent(string Name, string Type, long Size)
{
    private const int MaxNameLength = 200;

    public static readonly IReadOnlyDictionary<string, AttachmentContent> None = new Dictionary<string, AttachmentContent>();

    /// <summary>The beginning of the text of a text file; null for any other file.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the file goes on behind <see cref="Text"/>.</summary>
    public bool IsCut { get; init; }

    /// <summary>The bytes of a picture of a kind that models take, with that kind; null for any other file.</summary>
    public (string MediaType, ReadOnlyMemory<byte> Bytes)? Picture { get; init; }

    /// <summary>The file in words; its name can't end the words around it.</summary>
    public string Label => string.Create(
        CultureInfo.InvariantCulture, $"[Attached {(Picture is null ? "file" : "picture")} \"{Plain(Name)}\" ({Type}, {SizeInWords}).]");

    /// <summary>What the prompt says of it; null for a picture, which speaks for itself.</summary>
    public string? Words =>
        Picture is not null ? null
        : Text is null ? Label + " Its content can't be shown to you."
        : Text.Length == 0 && !IsCut ? Label + " It is empty."
        : $"{Label} Its text:\n{Text}\n{(IsCut ? "[Only the beginning of the file is shown.]" : "[End of the file.]")}";

    public ModelPicture? ToModel() => Picture is { } picture ? new ModelPicture(Label, picture.MediaType, picture.Bytes) : null;

    /// <summary>A name that stays on its line and in its quotes.</summary>
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

/// <summary>Reads the files that were attached to a conversation.</summary>
internal interface IAttachmentReader
{
    /// <summary>What these files hold. A file that is not this conversation's, or not there any more, is left out.</summary>
    /// <param name="conversationId">Whose files may be read.</param>
    /// <param name="names">Their names, the newest first: what a prompt has room for goes to these.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyDictionary<string, AttachmentContent>> ReadAsync(
        string conversationId, IReadOnlyList<string> names, CancellationToken cancellationToken);
}
