using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreSetupTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-setup-").FullName;

    [Fact]
    public async Task OpenStore_WithTheDirectoryFromConfiguration_GivesAWorkingStoreUntilTheContainerEnds()
    {
        IStore store;
        await using (var services = Build(("CHATBOTKIT_DATA_DIR", _directory)))
        {
            await services.OpenStoreAsync(TestContext.Current.CancellationToken);
            store = services.GetRequiredService<IStore>();
            await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });
            Assert.Same(store, services.GetRequiredService<IStoreMaintenance>());
        }

        Assert.True(File.Exists(Path.Combine(_directory, "chatbotkit.db")));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(new WriteSet()));
    }

    [Fact]
    public async Task Resolve_BeforeTheStoreIsOpen_SaysSo()
    {
        await using var services = Build(("CHATBOTKIT_DATA_DIR", _directory));

        var exception = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IStore>);

        Assert.Contains("not open yet", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenStore_UnknownSynchronousMode_IsRefused()
    {
        await using var services = Build(("CHATBOTKIT_DATA_DIR", _directory), ("CHATBOTKIT_SQLITE_SYNCHRONOUS", "sometimes"));

        var exception = await Assert.ThrowsAsync<StartupException>(() =>
            services.OpenStoreAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'sometimes'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_WithoutSettings_AreTheDefaults()
    {
        var options = StoreOptions.From(new ConfigurationBuilder().Build());

        Assert.Equal(SynchronousMode.Full, options.Synchronous);
        Assert.Equal("chatbotkit", Path.GetFileName(options.DataDirectory));
        Assert.True(Path.IsPathFullyQualified(options.DataDirectory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build());
        services.AddStore();
        return services.BuildServiceProvider();
    }
}
