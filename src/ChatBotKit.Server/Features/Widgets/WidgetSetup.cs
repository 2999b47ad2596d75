namespace ChatBotKit.Server.Features.Widgets;

internal static class WidgetSetup
{
    public static IServiceCollection AddWidgets(this IServiceCollection services) => services
        .AddSingleton<WidgetReading>()
        .AddSingleton<ResumeKeys>()
        .AddSingleton<WidgetFiles>()
        .AddSingleton<WidgetPictures>()
        .AddSingleton<WidgetLook>()
        .AddSingleton<WidgetSessionCreation>();
}
