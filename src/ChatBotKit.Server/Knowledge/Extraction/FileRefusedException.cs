namespace ChatBotKit.Server.Knowledge;

/// <summary>A file can't be read. Thrown only in the process that reads files.</summary>
internal sealed class FileRefusedException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="FileRefusalCodes"/>.</summary>
    public string Code => code;

    public static FileRefusedException Encrypted() =>
        new(FileRefusalCodes.Encrypted, "The file is encrypted. Remove its password and upload it again.");

    /// <param name="kind">The kind of the file, as "a PNG image".</param>
    /// <param name="instead">A sentence that says what can be uploaded instead.</param>
    public static FileRefusedException Unsupported(string kind, string instead) =>
        new(FileRefusalCodes.Unsupported, $"The file is {kind}, which can't be read. {instead}");

    public static FileRefusedException Damaged() =>
        new(FileRefusalCodes.Damaged, "The file is damaged, or it is not of the kind that it seems to be.");
}
