using System.Text;

namespace ChatBotKit.Cli.Input;

/// <summary>
/// Resolves values of the command line. <c>@path</c> is the text of a file, <c>@-</c> is standard input, and <c>@@</c> is a
/// literal @. Ids are not resolved, because an alias starts with <c>@</c>.
/// </summary>
internal sealed class TextValues(Surroundings surroundings)
{
    public const string Help =
        "A text or JSON value that starts with @ is read from a file: @path, or @- for standard input. @@ is a literal @. "
        + "Ids are not resolved.";

    private const int MaxCharacters = 64 * 1024 * 1024;

    private string? _inputReader;

    /// <param name="name">The name of the option or argument, for messages.</param>
    /// <param name="value">The value of the command line; null returns null.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="CliException">The file cannot be read, or another value already uses standard input.</exception>
    public async Task<string?> ReadAsync(string name, string? value, CancellationToken cancellationToken) => value switch
    {
        null or not ['@', ..] => value,
        ['@', '@', ..] => value[1..],
        "@-" => await ReadInputAsync(name, cancellationToken),
        _ => await Task.Run(() => ReadFile(name, value[1..]), cancellationToken).WaitAsync(cancellationToken),
    };

    /// <summary>Reads all of standard input. Only one value can use it.</summary>
    /// <exception cref="CliException">Another value already uses standard input.</exception>
    public async Task<string> ReadInputAsync(string name, CancellationToken cancellationToken)
    {
        if (_inputReader is not null)
            throw new CliException($"{name} and {_inputReader} can't both be read from standard input.", ExitCodes.Usage);
        _inputReader = name;
        return await Task.Run(() => ReadAll(surroundings.In, name, "standard input"), cancellationToken).WaitAsync(cancellationToken);
    }

    private static string ReadFile(string name, string path)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return ReadAll(reader, name, path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(
                $"{name}: there is no file \"{path}\". A value that starts with @ is the name of a file. For a literal @, write @@.", ExitCodes.Usage);
        }
        catch (DecoderFallbackException)
        {
            throw new CliException($"{name}: {path} is not UTF-8 text.", ExitCodes.Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException($"{name}: {path} can't be read: {exception.Message}", ExitCodes.Usage);
        }
    }

    private static string ReadAll(TextReader reader, string name, string source)
    {
        var text = new StringBuilder();
        var buffer = new char[8192];
        while (reader.Read(buffer) is var count and > 0)
        {
            if (text.Length + count > MaxCharacters)
                throw new CliException($"{name}: {source} has more than {MaxCharacters} characters.", ExitCodes.Usage);
            text.Append(buffer, 0, count);
        }

        return text.ToString();
    }
}
