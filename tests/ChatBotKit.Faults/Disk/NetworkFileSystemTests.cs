using ChatBotKit.EndToEnd.Tests;

namespace ChatBotKit.Faults.Disk;

/// <summary>A data directory on a file system whose locks or shared memory do not work.</summary>
[OfFiles]
public sealed class NetworkFileSystemTests : IDisposable
{
    private const int TryAgain = 11;
    private const int InvalidArgument = 22;
    private const int NoLocks = 37;

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-network-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("lock", TryAgain)]
    [InlineData("lock", NoLocks)]
    [InlineData("map", InvalidArgument)]
    public async Task Start_WhereFilesCannotBeLockedOrShared_NamesNetworkFileSystemsInOneLine(string calls, int error)
    {
        using var network = NetworkFileSystem.Build();
        var settings = new Dictionary<string, string> { ["CHATBOTKIT_DATA_DIR"] = _directory };
        await using var server = ServerRun.Launch(settings, network.Environment(calls, error));

        var (code, errors) = await server.WaitForExitAsync(Token);

        Assert.Equal(1, code);
        Assert.Contains("network file system (NFS, SMB)", errors, StringComparison.Ordinal);
        Assert.Contains("move it to a local disk", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n'));
    }
}
