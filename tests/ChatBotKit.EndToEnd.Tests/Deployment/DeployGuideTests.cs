using System.Text.RegularExpressions;

namespace ChatBotKit.EndToEnd.Tests.Deployment;

/// <summary>Checks of <c>docs/deploy.md</c> that need no process.</summary>
public sealed partial class DeployGuideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Not tested with a real proxy, because the longest run takes 15 minutes (docs/streaming.md).</summary>
    [Fact]
    public void Proxy_WaitsLongerThanARunMayTake() =>
        Assert.True(int.Parse(ReadTimeout().Match(DeployGuide.Block("nginx")).Groups[1].Value, provider: null) > 15 * 60);

    [Fact]
    public async Task EverySetting_OfTheGuide_IsInTheReadme()
    {
        var readme = await ReadAsync("README.md");
        var named = Setting().Matches(await ReadAsync("docs/deploy.md") + await ReadAsync("Dockerfile")).Select(match => match.Value).Distinct().ToList();

        Assert.True(named.Count > 3);
        Assert.All(named, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Container_IsCheckedAndHasNoRights()
    {
        var file = await ReadAsync("Dockerfile");

        Assert.Contains("\"dotnet\", \"ChatBotKit.Server.dll\", \"--health\"", file, StringComparison.Ordinal);
        Assert.Contains("\nUSER 1654\n", file, StringComparison.Ordinal);
        Assert.Contains("runAsUser: 1654", DeployGuide.Block("yaml"), StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(Path.Combine(DeployGuide.Root, path), Token);

    [GeneratedRegex(@"proxy_read_timeout (\d+)s;")]
    private static partial Regex ReadTimeout();

    [GeneratedRegex(@"\b(CHATBOTKIT|OPENAI)_[A-Z_]+\b")]
    private static partial Regex Setting();
}
