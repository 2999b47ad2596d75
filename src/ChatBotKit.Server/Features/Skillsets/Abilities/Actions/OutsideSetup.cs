using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Images;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

internal static class OutsideSetup
{
    /// <summary>Adds the actions that need a service which the operator configures.</summary>
    public static IServiceCollection AddConfiguredActions(this IServiceCollection services) => services
        .AddSingleton(provider => SmtpOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<MailSender>()
        .AddSingleton(provider => ImageOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<ImageClient>()
        .AddSingleton<GeneratedFiles>()
        .AddSingleton<IAbilityAction, EmailAction>()
        .AddSingleton<IAbilityAction, ImageAction>();
}
