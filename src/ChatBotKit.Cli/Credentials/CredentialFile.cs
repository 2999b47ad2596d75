using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit.Cli.Credentials;

/// <summary>The credential that <c>cbk login</c> stores: one API token and the address of its server.</summary>
internal sealed record Credential(string Url, string Secret)
{
    public override string ToString() => Url;
}

/// <summary>The file with the credential, readable and writable for its owner alone.</summary>
internal sealed class CredentialFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = path;

    public static CredentialFile In(string directory) => new(System.IO.Path.Combine(directory, "credentials.json"));

    /// <summary>Returns null when there is none.</summary>
    /// <exception cref="CliException">Others can read the file, or it is damaged.</exception>
    public Credential? Read()
    {
        if (!File.Exists(Path))
            return null;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & ~OwnerOnly) != 0)
            throw new CliException($"Others can read {Path}. Run chmod 600 on it, or cbk login again.", ExitCodes.NotAuthenticated);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), CredentialJsonContext.Default.Credential);
        }
        catch (JsonException)
        {
            throw new CliException($"{Path} is damaged. Run cbk login again.", ExitCodes.NotAuthenticated);
        }
    }

    public void Write(Credential credential)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.Delete(Path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(Path, options);
        JsonSerializer.Serialize(file, credential, CredentialJsonContext.Default.Credential);
    }

    /// <summary>Whether a credential was deleted.</summary>
    public bool Delete()
    {
        var existed = File.Exists(Path);
        File.Delete(Path);
        return existed;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Credential))]
internal sealed partial class CredentialJsonContext : JsonSerializerContext;
