namespace ChatBotKit.Bench.Harness;

/// <summary>A temporary directory that is deleted with this object.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatbotkit-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
