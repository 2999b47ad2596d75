namespace ChatBotKit.Server.Features.Secrets;

internal static class SecretSetup
{
    public static IServiceCollection AddSecrets(this IServiceCollection services) => services
        .AddSingleton<SecretValueStore>()
        .AddSingleton<OAuthClient>()
        .AddSingleton<OAuthTokenSource>()
        .AddSingleton<SignInLinks>()
        .AddSingleton<SignIns>()
        .AddSingleton<SecretValues>()
        .AddSingleton<ISecretValues>(provider => provider.GetRequiredService<SecretValues>())
        .AddSingleton<SecretActions>();
}
