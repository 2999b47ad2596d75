namespace ChatBotKit.Server.Knowledge;

/// <summary>A file can't be read. Thrown only in the process that reads files.</summary>
internal sealed class FileRefusedException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="FileRefusalCodes"/>.</summary>
    public string Code => code;
}
