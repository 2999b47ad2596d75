using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

internal static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<IDataProtectionProvider>(
            () => OpenKeys(provider.GetRequiredService<ServerOptions>().KeysDirectory)));
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<SessionMinter>();
        services.AddSingleton<SessionStreams>();
        services.AddSingleton<SessionAudit>();
        services.AddSingleton<ChildAccounts>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<OwnerBootstrap>();
        return services;
    }

    /// <summary>
    /// Opened at first use: the service that the framework would register reads the keys at every start. The keys are
    /// readable for the server's own user only, since they open every secret in the database.
    /// </summary>
    private static IDataProtectionProvider OpenKeys(string directory)
    {
        var keys = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(directory)
            : Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return DataProtectionProvider.Create(keys, protection => protection.SetApplicationName("ChatBotKit.Server"));
    }
}
