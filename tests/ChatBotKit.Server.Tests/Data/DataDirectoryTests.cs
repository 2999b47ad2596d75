using ChatBotKit.Server.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Server.Tests.Data;

public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-directory-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Directory_IsOutOfTheViewOfGit()
    {
        using var held = DataDirectory.Hold(_directory);

        Assert.Equal("*\n", File.ReadAllText(Path.Combine(_directory, ".gitignore")));
    }

    [Fact]
    public void Location_WithoutASetting_IsTheUsersAndTheSameFromEverywhere()
    {
        var configuration = new ConfigurationBuilder().Build();

        var location = DataLocation.Of(configuration);

        Assert.StartsWith(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("work/data")]
    [InlineData("project/data")]
    public void Location_WhereAnOlderVersionLeftADatabase_IsThere(string older)
    {
        var (current, program) = (Path.Combine(_directory, "work"), Path.Combine(_directory, "project", "bin", "Debug", "net10.0"));
        var data = Directory.CreateDirectory(Path.Combine(_directory, older));
        var configuration = new ConfigurationBuilder().Build();
        Assert.NotEqual(data.FullName, DataLocation.Of(configuration, current, program));

        File.WriteAllText(Path.Combine(data.FullName, "chatbotkit.db"), "");

        Assert.Equal(data.FullName, DataLocation.Of(configuration, current, program));
    }

    [Fact]
    public void Location_ThatIsSet_IsTakenFromTheCurrentDirectory()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["CHATBOTKIT_DATA_DIR"] = "some/where" }).Build();

        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "some", "where"), DataLocation.Of(configuration));
    }

    [Fact]
    public void Permissions_OfOthers_AreTakenOrToldOf()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var held = DataDirectory.Hold(_directory);
        var (database, keys) = (held.CreateEmptyFile("chatbotkit.db"), held.CreateSubdirectory("keys"));
        foreach (var path in new[] { _directory, database, keys })
            SetMode(path, All);
        var log = new Lines();

        DataPermissions.Check(held, log);

        Assert.Equal((All, Closed, Closed), (Mode(_directory), Mode(database), Mode(keys)));
        Assert.Equal(3, log.Said.Count);
        Assert.Contains("Every user of this machine may write to the data directory", log.Said[0], StringComparison.Ordinal);
        Assert.All(log.Said[1..], line => Assert.Contains("Their access was removed", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Permissions_InADirectoryThatIsClosed_AreLeft()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var held = DataDirectory.Hold(_directory);
        var database = held.CreateEmptyFile("chatbotkit.db");
        SetMode(database, All);
        SetMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var log = new Lines();

        DataPermissions.Check(held, log);

        Assert.Empty(log.Said);
        Assert.Equal(All, Mode(database));
    }

    private static UnixFileMode Closed => All & ~(UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

    // A separate method, because the analyzer must see that it runs only on Unix.
    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }
}
