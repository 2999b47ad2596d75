# Builds the server and puts it into an image without a shell, which runs as a user without rights.
#   docker build -t chatbotkit .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN case "$TARGETARCH" in arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac \
 && dotnet publish src/ChatBotKit.Server -c Release -r "$rid" --no-self-contained -o /app \
 && mkdir /data

# "extra" has the time zones and languages that the server uses.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=1654:1654 /data /data
ENV CHATBOTKIT_DATA_DIR=/data \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
USER 1654
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["dotnet", "ChatBotKit.Server.dll", "--health"]
ENTRYPOINT ["dotnet", "ChatBotKit.Server.dll"]
